import { PODS, STATEFUL_SETS } from '../resources.ts';
import { removed } from '../store/writes.ts';
import type { Pod, StatefulSet, Template } from '../workloads.ts';
import { counted, type Desk, writeStatus } from './desk.ts';
import { isReady, makePod, podsOf, untilAvailable } from './pods.ts';
import { REVISION_LABEL, revisionOf, templateOf } from './revisions.ts';

interface Plan {
  readonly desk: Desk;
  readonly set: StatefulSet;
  readonly current: string;
  readonly update: string;
  readonly partition: number;
}

const ordinalOf = (pod: Pod): number => Number(/-(\d+)$/.exec(pod.metadata.name)?.[1]);

const byOrdinal = (pods: readonly Pod[]): Map<number, Pod> =>
  new Map(pods.map((pod) => [ordinalOf(pod), pod]));

const isOf = (pod: Pod, revision: string): boolean =>
  pod.metadata.labels?.[REVISION_LABEL] === revision;

/** Whether a pod counts; looks again when it will. */
function serves({ desk, set }: Plan, pod: Pod): boolean {
  const left = untilAvailable(desk, pod, set.spec.minReadySeconds);
  if (Number.isFinite(left) && left > 0) desk.again(STATEFUL_SETS, set, left + 1);
  return left <= 0;
}

function make(plan: Plan, ordinal: number): void {
  const { desk, set, current, update, partition } = plan;
  const revision = ordinal < partition ? current : update;
  const template: Template = templateOf(desk, set, revision) ?? set.spec.template;
  const name = `${set.metadata.name}-${ordinal}`;
  makePod(desk, set, name, template, {
    base: `${set.metadata.name}-`,
    labels: {
      [REVISION_LABEL]: revision,
      'apps.kubernetes.io/pod-index': String(ordinal),
      'statefulset.kubernetes.io/pod-name': name,
    },
    spec: { hostname: name, ...(set.spec.serviceName && { subdomain: set.spec.serviceName }) },
  });
}

/** Makes what is missing; in order, nothing goes on past a pod that does not serve. */
function complete(plan: Plan): boolean {
  const { desk, set } = plan;
  const inOrder = set.spec.podManagementPolicy !== 'Parallel';
  const pods = byOrdinal(podsOf(desk, set));
  for (let ordinal = 0; ordinal < set.spec.replicas; ordinal += 1) {
    const pod = pods.get(ordinal);
    if (!pod) make(plan, ordinal);
    if (inOrder && !(pod && serves(plan, pod))) return false;
  }
  return true;
}

/** Takes away what is too many, the last first. */
function shrink({ desk, set }: Plan): boolean {
  const inOrder = set.spec.podManagementPolicy !== 'Parallel';
  const surplus = podsOf(desk, set).filter((pod) => ordinalOf(pod) >= set.spec.replicas);
  const sorted = surplus.toSorted((a, b) => ordinalOf(b) - ordinalOf(a));
  for (const pod of inOrder ? sorted.slice(0, 1) : sorted) removed(desk.store, PODS, pod);
  return sorted.length === 0;
}

/** Replaces from the last pod down, one at a time, as long as all behind it serve. */
function replace(plan: Plan): void {
  const { desk, set, update, partition } = plan;
  if (set.spec.updateStrategy.type === 'OnDelete') return;
  const pods = byOrdinal(podsOf(desk, set));
  for (let ordinal = set.spec.replicas - 1; ordinal >= partition; ordinal -= 1) {
    const pod = pods.get(ordinal);
    if (!pod) return;
    if (!isOf(pod, update)) return void removed(desk.store, PODS, pod);
    if (!serves(plan, pod)) return;
  }
}

function report(plan: Plan): void {
  const { desk, set, current, update } = plan;
  const pods = podsOf(desk, set);
  const ready = pods.filter(isReady).length;
  const updated = pods.filter((pod) => isOf(pod, update)).length;
  const done =
    updated === pods.length && ready === pods.length && pods.length === set.spec.replicas;
  const settled = done && set.spec.updateStrategy.type === 'RollingUpdate' ? update : current;
  writeStatus(desk, STATEFUL_SETS, set, {
    observedGeneration: set.metadata.generation,
    replicas: pods.length,
    ...counted({
      readyReplicas: ready,
      currentReplicas: pods.filter((pod) => isOf(pod, settled)).length,
      updatedReplicas: updated,
    }),
    availableReplicas: pods.filter((pod) => serves(plan, pod)).length,
    currentRevision: settled,
    updateRevision: update,
    collisionCount: 0,
  });
}

/** One look at a StatefulSet: a pod that never serves is waited for until somebody deletes it. */
export function tendStatefulSet(desk: Desk, set: StatefulSet): void {
  const update = revisionOf(desk, set, set.spec.template);
  const current = set.status?.currentRevision ?? update;
  const partition = set.spec.updateStrategy.rollingUpdate?.partition ?? 0;
  const plan = { desk, set, current, update, partition };
  if (complete(plan) && shrink(plan)) replace(plan);
  report(plan);
}
