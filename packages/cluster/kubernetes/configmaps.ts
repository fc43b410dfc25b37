import type { Cluster, Named, WriteCall } from '@passmuster/core/cluster/cluster.ts';
import type { ConfigMap, ConfigMapChange } from '@passmuster/core/cluster/configmap.ts';
import { ClusterError } from '@passmuster/core/cluster/error.ts';
import { found } from '@passmuster/core/quote.ts';
import { isYes } from '../http/answer.ts';
import { configMapFrom } from './configmap-from.ts';
import { JSON_BODY, MERGE_PATCH, objectOf, read, sent, writeQuery } from './objects.ts';
import { called, configMapPath, configMapsPath } from './paths.ts';
import { saidIn } from './status.ts';
import type { Ask, Transport } from './transport.ts';

type ConfigMaps = Pick<Cluster, 'configMap' | 'changeConfigMap' | 'createConfigMap'>;

type Values = ReadonlyMap<string, string | undefined>;

/** In a merge patch, null takes away; where nothing changes there is nothing to say. */
const patchOf = (name: string, values: Values) =>
  values.size === 0
    ? {}
    : { [name]: Object.fromEntries([...values].map(([key, value]) => [key, value ?? null])) };

const valuesOf = (name: string, values: Values) => {
  const kept = [...values].filter(([, value]) => value !== undefined);
  return kept.length === 0 ? {} : { [name]: Object.fromEntries(kept) };
};

/** An empty version, or 0, would have the server write over whatever is there. */
function refuseUnconditional(seen: ConfigMap): void {
  const { resourceVersion, uid } = seen;
  if (/^[1-9]\d*$/.test(resourceVersion) && uid !== '') return;
  const message = `The ConfigMap ${called(seen)} cannot be changed under the version ${found(resourceVersion)}: it is none.`;
  throw new ClusterError({ reason: 'refused', effect: 'none' }, { message });
}

/** Another object has the name by now: the server only says that a uid cannot be changed. */
function replaced(ask: Ask, { address }: Transport, seen: ConfigMap): ClusterError {
  const message = `Could not ${ask.what} at ${address}: it was deleted and made anew since it was read.`;
  return new ClusterError(
    { reason: 'contended', effect: 'none', code: 'Conflict', status: 422 },
    { message, hint: `Look at the ConfigMap ${called(seen)} again, then try again.` },
  );
}

async function change(
  transport: Transport,
  seen: ConfigMap,
  { data, annotations }: ConfigMapChange,
  call: WriteCall | undefined,
): Promise<ConfigMap> {
  refuseUnconditional(seen);
  const { uid, resourceVersion } = seen;
  const metadata = { uid, resourceVersion, ...patchOf('annotations', annotations) };
  const ask: Ask = {
    method: 'PATCH',
    path: configMapPath(seen),
    query: writeQuery(call),
    body: { type: MERGE_PATCH, json: { metadata, ...patchOf('data', data) } },
    what: `change the ConfigMap ${called(seen)}`,
    call,
  };
  const answer = await transport.ask(ask);
  if (isYes(answer.status)) return configMapFrom(objectOf(answer, ask, transport));
  const isReplaced =
    answer.status === 422 && saidIn(answer).causes.some(({ field }) => field === 'metadata.uid');
  throw isReplaced ? replaced(ask, transport, seen) : transport.failed(ask, answer);
}

async function create(
  transport: Transport,
  at: Named,
  { data, annotations }: ConfigMapChange,
  call: WriteCall | undefined,
): Promise<ConfigMap> {
  const { namespace, name } = at;
  const metadata = { namespace, name, ...valuesOf('annotations', annotations) };
  const json = { apiVersion: 'v1', kind: 'ConfigMap', metadata, ...valuesOf('data', data) };
  const object = await sent(transport, {
    method: 'POST',
    path: configMapsPath(namespace),
    query: writeQuery(call),
    body: { type: JSON_BODY, json },
    what: `create the ConfigMap ${called(at)}`,
    call,
  });
  return configMapFrom(object);
}

export const configMaps = (transport: Transport): ConfigMaps => ({
  async configMap(at, call) {
    const what = `read the ConfigMap ${called(at)}`;
    const object = await read(transport, { method: 'GET', path: configMapPath(at), what, call });
    return object && configMapFrom(object);
  },
  changeConfigMap: (seen, its, call) => change(transport, seen, its, call),
  createConfigMap: (at, its, call) => create(transport, at, its, call),
});
