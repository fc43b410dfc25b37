import type { WriteCall } from '@passmuster/core/cluster/cluster.ts';
import { ClusterError } from '@passmuster/core/cluster/error.ts';
import type { Workload } from '@passmuster/core/cluster/workload.ts';
import { isYes } from '../http/answer.ts';
import { JSON_PATCH, objectOf, read, writeQuery } from './objects.ts';
import { called, workloadPath } from './paths.ts';
import type { Ask, Transport } from './transport.ts';
import { workloadFrom } from './workload-from.ts';

const ANNOTATIONS = '/spec/template/metadata/annotations';

type Step = Readonly<Record<'op' | 'path', string>> & { readonly value?: unknown };

const pathOf = (key: string): string =>
  `${ANNOTATIONS}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** What is tested first holds for all of it: nothing has changed that a person or a tool decides. */
export function stampSteps(
  { uid, generation, template }: Workload,
  annotations: ReadonlyMap<string, string | undefined>,
): readonly Step[] {
  const steps: Step[] = [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'test', path: '/metadata/generation', value: generation },
  ];
  const isEmpty = template.annotations.size === 0;
  const sets = [...annotations].filter(([, value]) => value !== undefined);
  // The server keeps no empty map, and puts nothing into one that is not there.
  if (isEmpty && sets.length > 0) steps.push({ op: 'add', path: ANNOTATIONS, value: {} });
  for (const [key, value] of sets) steps.push({ op: 'add', path: pathOf(key), value });
  for (const [key, value] of annotations) {
    if (value === undefined && template.annotations.has(key)) {
      steps.push({ op: 'remove', path: pathOf(key) });
    }
  }
  return steps;
}

/** A test that fails is told from any other refusal only by looking again. */
async function hasChanged(
  transport: Transport,
  seen: Workload,
  call: WriteCall | undefined,
): Promise<boolean> {
  const what = `read the ${seen.kind} ${called(seen)}`;
  const object = await read(transport, { method: 'GET', path: workloadPath(seen), what, call });
  if (!object) return true;
  const now = workloadFrom(seen.kind, object);
  return now.uid !== seen.uid || now.generation !== seen.generation;
}

function contended({ what }: Ask, { address }: Transport): ClusterError {
  const message = `Could not ${what} at ${address}: it has changed since it was read.`;
  return new ClusterError(
    { reason: 'contended', effect: 'none', code: 'Invalid', status: 422 },
    { message, hint: 'Somebody else was faster: look again, then try again.' },
  );
}

export async function stamp(
  transport: Transport,
  seen: Workload,
  annotations: ReadonlyMap<string, string | undefined>,
  call: WriteCall | undefined,
): Promise<Workload> {
  const ask: Ask = {
    method: 'PATCH',
    path: workloadPath(seen),
    query: writeQuery(call),
    body: { type: JSON_PATCH, json: stampSteps(seen, annotations) },
    what: `stamp the ${seen.kind} ${called(seen)}`,
    call,
  };
  const answer = await transport.ask(ask);
  if (isYes(answer.status)) return workloadFrom(seen.kind, objectOf(answer, ask, transport));
  const failed = transport.failed(ask, answer);
  if (answer.status !== 422) throw failed;
  // That nothing was written is known; whether it can be looked at changes only what is said of it.
  throw (await hasChanged(transport, seen, call).catch(() => false))
    ? contended(ask, transport)
    : failed;
}
