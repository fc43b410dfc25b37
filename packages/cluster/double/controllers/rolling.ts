import { REPLICA_SETS } from '../resources.ts';
import { updated } from '../store/writes.ts';
import type { Deployment, ReplicaSet } from '../workloads.ts';
import { type Desk, MANAGER } from './desk.ts';
import { shareOf } from './pods.ts';

export interface Bounds {
  readonly surge: number;
  readonly unavailable: number;
}

export function boundsOf({ spec }: Deployment): Bounds {
  const { replicas, strategy } = spec;
  if (strategy.type === 'Recreate') return { surge: 0, unavailable: replicas };
  const { maxSurge = '25%', maxUnavailable = '25%' } = strategy.rollingUpdate ?? {};
  const surge = shareOf(maxSurge, replicas, Math.ceil);
  const unavailable = Math.min(replicas, shareOf(maxUnavailable, replicas, Math.floor));
  // Something has to give, or nothing would ever move.
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

const sum = (sets: readonly ReplicaSet[], of: (set: ReplicaSet) => number | undefined): number =>
  sets.reduce((total, set) => total + (of(set) ?? 0), 0);

function scale({ store }: Desk, set: ReplicaSet, replicas: number): boolean {
  if (set.spec.replicas === replicas) return false;
  const draft = { ...set, spec: { ...set.spec, replicas } };
  updated(store, REPLICA_SETS, set, draft, { manager: MANAGER });
  return true;
}

/** How many replicas a set that is about to be made begins with. */
export function firstReplicas(deployment: Deployment, old: readonly ReplicaSet[]): number {
  const { replicas, strategy } = deployment.spec;
  if (strategy.type === 'Recreate') {
    return sum(old, ({ spec, status }) => spec.replicas + (status?.replicas ?? 0)) > 0
      ? 0
      : replicas;
  }
  const room = replicas + boundsOf(deployment).surge - sum(old, (one) => one.spec.replicas);
  return Math.max(0, Math.min(replicas, room));
}

function scaleNew(
  desk: Desk,
  { spec }: Deployment,
  set: ReplicaSet,
  old: readonly ReplicaSet[],
  { surge }: Bounds,
): boolean {
  if (set.spec.replicas >= spec.replicas) return scale(desk, set, spec.replicas);
  const room = spec.replicas + surge - sum([set, ...old], (one) => one.spec.replicas);
  if (room <= 0) return false;
  return scale(desk, set, Math.min(spec.replicas, set.spec.replicas + room));
}

/** Takes up to a number of replicas away, from each as many as may go. */
function shrink(
  desk: Desk,
  sets: readonly ReplicaSet[],
  most: number,
  mayGo: (set: ReplicaSet) => number,
): number {
  let left = most;
  for (const set of sets) {
    const fewer = Math.min(left, mayGo(set));
    if (fewer <= 0) continue;
    scale(desk, set, set.spec.replicas - fewer);
    left -= fewer;
  }
  return most - left;
}

/** Old pods that do not serve go first, those that do only as far as enough stay. */
function scaleOld(
  desk: Desk,
  { spec }: Deployment,
  fresh: ReplicaSet,
  old: readonly ReplicaSet[],
  { unavailable }: Bounds,
): void {
  const least = spec.replicas - unavailable;
  const unready = fresh.spec.replicas - (fresh.status?.availableReplicas ?? 0);
  const all = sum([fresh, ...old], (set) => set.spec.replicas);
  const most = all - least - unready;
  if (most <= 0) return;
  const broken = (set: ReplicaSet) => set.spec.replicas - (set.status?.availableReplicas ?? 0);
  const gone = shrink(desk, old, most, broken);
  if (gone > 0) return;
  const serving = sum([fresh, ...old], (set) => set.status?.availableReplicas);
  shrink(desk, old, serving - least, (set) => set.spec.replicas);
}

/** One step of replacing old pods by new ones, as a rolling update or all at once. */
export function roll(
  desk: Desk,
  deployment: Deployment,
  set: ReplicaSet,
  old: readonly ReplicaSet[],
): void {
  const bounds = boundsOf(deployment);
  if (deployment.spec.strategy.type === 'Recreate') {
    for (const one of old) scale(desk, one, 0);
    if (sum(old, (one) => one.status?.replicas) > 0) return;
    scale(desk, set, deployment.spec.replicas);
    return;
  }
  if (!scaleNew(desk, deployment, set, old, bounds)) {
    scaleOld(desk, deployment, set, old, bounds);
  }
}
