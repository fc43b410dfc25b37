import type {
  Condition,
  Counts,
  PodSpec,
  Workload,
  WorkloadKind,
} from '@passmuster/core/cluster/workload.ts';
import { type Fields, mapIn, mapsIn, numberIn, textIn, textsIn } from './fields.ts';
import { podSpecFrom } from './pod-spec-from.ts';

export const conditionsIn = (status: Fields): readonly Condition[] =>
  mapsIn(status, 'conditions').map((one) => {
    const said = textIn(one, 'status');
    return {
      type: textIn(one, 'type'),
      status: said === 'True' || said === 'False' ? said : 'Unknown',
      reason: textIn(one, 'reason'),
      message: textIn(one, 'message'),
    };
  });

/** One where nothing is said, as the server takes it. */
const replicasIn = (spec: Fields): number =>
  typeof spec['replicas'] === 'number' ? spec['replicas'] : 1;

function countsFrom(kind: WorkloadKind, spec: Fields, status: Fields): Counts {
  if (kind === 'DaemonSet') {
    return {
      wanted: numberIn(status, 'desiredNumberScheduled'),
      there: numberIn(status, 'currentNumberScheduled'),
      updated: numberIn(status, 'updatedNumberScheduled'),
      ready: numberIn(status, 'numberReady'),
      available: numberIn(status, 'numberAvailable'),
    };
  }
  return {
    wanted: replicasIn(spec),
    there: numberIn(status, 'replicas'),
    updated: numberIn(status, 'updatedReplicas'),
    ready: numberIn(status, 'readyReplicas'),
    available: numberIn(status, 'availableReplicas'),
  };
}

function strategyFrom(kind: WorkloadKind, spec: Fields) {
  const its = mapIn(spec, kind === 'Deployment' ? 'strategy' : 'updateStrategy');
  const type = textIn(its, 'type');
  const partition = kind === 'StatefulSet' ? numberIn(mapIn(its, 'rollingUpdate'), 'partition') : 0;
  const strategy: Workload['strategy'] =
    type === 'Recreate' || type === 'OnDelete' ? type : 'RollingUpdate';
  return { strategy, partition };
}

function templateFrom(spec: Fields): Workload['template'] {
  const template = mapIn(spec, 'template');
  const metadata = mapIn(template, 'metadata');
  const pod: PodSpec = podSpecFrom(mapIn(template, 'spec'));
  return {
    labels: textsIn(metadata, 'labels'),
    annotations: textsIn(metadata, 'annotations'),
    pod,
  };
}

/** Without the ones that only a set has: deadline, and revisions. */
function onlyOf(kind: WorkloadKind, spec: Fields, status: Fields) {
  const deadline = numberIn(spec, 'progressDeadlineSeconds');
  const [current, update] = [textIn(status, 'currentRevision'), textIn(status, 'updateRevision')];
  return {
    ...(kind === 'Deployment' && deadline > 0 && { deadline }),
    ...(kind === 'StatefulSet' && (current || update) && { revisions: { current, update } }),
  };
}

/** The objects of a list do not say what they are. */
export function workloadFrom(kind: WorkloadKind, object: Fields): Workload {
  const metadata = mapIn(object, 'metadata');
  const [spec, status] = [mapIn(object, 'spec'), mapIn(object, 'status')];
  return {
    kind,
    namespace: textIn(metadata, 'namespace'),
    name: textIn(metadata, 'name'),
    uid: textIn(metadata, 'uid'),
    resourceVersion: textIn(metadata, 'resourceVersion'),
    generation: numberIn(metadata, 'generation'),
    observed: numberIn(status, 'observedGeneration'),
    labels: textsIn(metadata, 'labels'),
    annotations: textsIn(metadata, 'annotations'),
    selector: textsIn(mapIn(spec, 'selector'), 'matchLabels'),
    template: templateFrom(spec),
    ...strategyFrom(kind, spec),
    isPaused: spec['paused'] === true,
    ...onlyOf(kind, spec, status),
    counts: countsFrom(kind, spec, status),
    conditions: conditionsIn(status),
  };
}
