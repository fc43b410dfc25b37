import { DAEMON_SETS, PODS } from '../resources.ts';
import { removed } from '../store/writes.ts';
import type { DaemonSet, Pod } from '../workloads.ts';
import { counted, type Desk, writeStatus } from './desk.ts';
import {
  available,
  isReady,
  makePod,
  nextAvailable,
  podsOf,
  randomTail,
  shareOf,
  templateHash,
} from './pods.ts';
import { REVISION_LABEL, revisionOf } from './revisions.ts';

/** A pod is bound to its node by what the scheduler would have to heed. */
const onNode = (node: string) => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [
        { matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] },
      ],
    },
  },
});

const isOn = (pod: Pod, node: string): boolean =>
  JSON.stringify(pod.spec.affinity) === JSON.stringify(onNode(node));

/** Old pods that do not serve go at once, those that do only as far as enough stay. */
function replaceOld(desk: Desk, set: DaemonSet, hash: string): void {
  const { updateStrategy, minReadySeconds } = set.spec;
  if (updateStrategy.type === 'OnDelete') return;
  const share = updateStrategy.rollingUpdate?.maxUnavailable ?? 1;
  const most = Math.max(1, shareOf(share, desk.nodes.length, Math.ceil));
  const pods = podsOf(desk, set);
  const serving = new Set(available(desk, pods, minReadySeconds));
  const old = pods.filter((pod) => pod.metadata.labels?.[REVISION_LABEL] !== hash);
  const broken = old.filter((pod) => !serving.has(pod));
  const fresh = pods.filter((pod) => !old.includes(pod));
  const missing = desk.nodes.length - pods.length;
  const unavailable = missing + fresh.filter((pod) => !serving.has(pod)).length + broken.length;
  const more = old.filter((pod) => serving.has(pod)).slice(0, Math.max(0, most - unavailable));
  for (const pod of [...broken, ...more]) removed(desk.store, PODS, pod);
}

function report(desk: Desk, set: DaemonSet, hash: string): void {
  const { minReadySeconds } = set.spec;
  const pods = podsOf(desk, set);
  const serving = available(desk, pods, minReadySeconds).length;
  const wait = nextAvailable(desk, pods, minReadySeconds);
  if (Number.isFinite(wait)) desk.again(DAEMON_SETS, set, wait + 1);
  const updated = pods.filter((pod) => pod.metadata.labels?.[REVISION_LABEL] === hash);
  writeStatus(desk, DAEMON_SETS, set, {
    currentNumberScheduled: pods.length,
    numberMisscheduled: 0,
    desiredNumberScheduled: desk.nodes.length,
    numberReady: pods.filter(isReady).length,
    observedGeneration: set.metadata.generation,
    ...counted({
      updatedNumberScheduled: updated.length,
      numberAvailable: serving,
      numberUnavailable: desk.nodes.length - serving,
    }),
  });
}

/** One pod on each node. */
export function tendDaemonSet(desk: Desk, set: DaemonSet): void {
  const { template } = set.spec;
  revisionOf(desk, set, template);
  const hash = templateHash(template);
  replaceOld(desk, set, hash);
  const pods = podsOf(desk, set);
  for (const node of desk.nodes) {
    if (pods.some((pod) => isOn(pod, node))) continue;
    const base = `${set.metadata.name}-`;
    makePod(desk, set, `${base}${randomTail()}`, template, {
      base,
      labels: {
        [REVISION_LABEL]: hash,
        'pod-template-generation': String(set.metadata.generation ?? 1),
      },
      spec: { affinity: onNode(node) },
    });
  }
  report(desk, set, hash);
}
