import type { Pod } from '../pod.ts';
import { hasStamp, type Stamp } from '../reading/stamp.ts';
import type { Workload } from '../workload.ts';
import { deleteCommand } from './words.ts';

/** Pods made of a template of this stamp that are to stay; a pod has the annotations of its template. */
export const podsOf = (pods: readonly Pod[], stamp: Stamp): Pod[] =>
  pods.filter(({ annotations, isDeleting }) => !isDeleting && hasStamp(annotations, stamp));

export const isReady = ({ conditions }: Pod): boolean =>
  conditions.some(({ type, status }) => type === 'Ready' && status === 'True');

/** Pods that nothing but their deletion gets out of the way, and the command for it. */
export interface Stuck {
  readonly pods: readonly Pod[];
  readonly command: string;
}

/**
 * A StatefulSet does not replace a pod that never became ready, also when its template is mended. Nothing where
 * none is stuck.
 */
export function stuckPods(
  pods: readonly Pod[],
  workload: Pick<Workload, 'kind' | 'namespace'>,
  badStamp: Stamp,
): Stuck | undefined {
  if (workload.kind !== 'StatefulSet') return undefined;
  const stuck = podsOf(pods, badStamp).filter((pod) => !isReady(pod));
  if (stuck.length === 0) return undefined;
  return { pods: stuck, command: deleteCommand(workload.namespace, stuck) };
}
