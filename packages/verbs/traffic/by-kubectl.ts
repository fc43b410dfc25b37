import { CONFIGMAP, isOfCluster, namedIn, refIn, stoodIn } from '@passmuster/core/cluster/steps.ts';
import { type Step, standOf, type Values } from '@passmuster/core/promotions/step.ts';

/** A text as a shell takes it, whatever is in it. */
const shellText = (text: string): string =>
  /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

const plainJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

function command({ kind, place, before }: Step): string {
  const { data, annotations } = stoodIn(before) ?? { annotations: {} };
  if (kind === CONFIGMAP) {
    const { namespace, name } = namedIn(place);
    const patch = { data, metadata: { annotations } };
    return `kubectl -n ${shellText(namespace)} patch configmap ${shellText(name)} --type merge -p ${shellText(plainJson(patch))}`;
  }
  const { kind: workload, namespace, name } = refIn(place);
  const patch = { spec: { template: { metadata: { annotations } } } };
  return `kubectl -n ${shellText(namespace)} patch ${shellText(`${workload.toLowerCase()}/${name}`)} --type merge -p ${shellText(plainJson(patch))}`;
}

/** For kubectl: what puts each place of the cluster back that does not stand as before; empty where all do. */
export function byKubectl(steps: readonly Step[], values: Values): string {
  const moved = steps.filter(
    (step, at) => isOfCluster(step) && standOf(step, values[at] ?? '') !== 'before',
  );
  // The ConfigMap first: whoever starts anew reads it.
  return moved.map(command).join('\n');
}
