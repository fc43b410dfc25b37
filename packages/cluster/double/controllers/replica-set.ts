import { PODS, REPLICA_SETS } from '../resources.ts';
import { removed } from '../store/writes.ts';
import type { Pod, ReplicaSet } from '../workloads.ts';
import { counted, type Desk, writeStatus } from './desk.ts';
import { available, isReady, makePod, nextAvailable, podsOf, randomTail } from './pods.ts';

/** Those that serve go last. */
const leastUseful = (a: Pod, b: Pod): number => Number(isReady(a)) - Number(isReady(b));

/** As many pods as it wants, and what has become of them. */
export function tendReplicaSet(desk: Desk, set: ReplicaSet): void {
  const { store } = desk;
  const { replicas, template, minReadySeconds } = set.spec;
  const pods = podsOf(desk, set);
  for (let missing = replicas - pods.length; missing > 0; missing -= 1) {
    const base = `${set.metadata.name}-`;
    makePod(desk, set, `${base}${randomTail()}`, template, { base });
  }
  const surplus = pods.toSorted(leastUseful).slice(0, Math.max(0, pods.length - replicas));
  for (const pod of surplus) removed(store, PODS, pod);
  const left = podsOf(desk, set);
  const wait = nextAvailable(desk, left, minReadySeconds);
  if (Number.isFinite(wait)) desk.again(REPLICA_SETS, set, wait + 1);
  writeStatus(desk, REPLICA_SETS, set, {
    replicas: left.length,
    ...counted({
      fullyLabeledReplicas: left.length,
      readyReplicas: left.filter(isReady).length,
      availableReplicas: available(desk, left, minReadySeconds).length,
    }),
    terminatingReplicas: 0,
    observedGeneration: set.metadata.generation ?? 1,
  });
}
