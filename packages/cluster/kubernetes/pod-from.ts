import type { ContainerStatus, Ended, Pod, PodEvent } from '@passmuster/core/cluster/pod.ts';
import {
  type Fields,
  isFields,
  mapIn,
  mapsIn,
  momentIn,
  numberIn,
  textIn,
  textsIn,
} from './fields.ts';
import { conditionsIn } from './workload-from.ts';

const endedIn = (state: Fields): Ended | undefined => {
  const its = state['terminated'];
  if (!isFields(its)) return undefined;
  return {
    reason: textIn(its, 'reason'),
    exitCode: numberIn(its, 'exitCode'),
    message: textIn(its, 'message'),
  };
};

function containerFrom(status: Fields, isInit: boolean): ContainerStatus {
  const state = mapIn(status, 'state');
  const waiting = state['waiting'];
  const [terminated, last] = [endedIn(state), endedIn(mapIn(status, 'lastState'))];
  return {
    name: textIn(status, 'name'),
    isInit,
    isReady: status['ready'] === true,
    restarts: numberIn(status, 'restartCount'),
    ...(isFields(waiting) && {
      waiting: { reason: textIn(waiting, 'reason'), message: textIn(waiting, 'message') },
    }),
    ...(terminated && { terminated }),
    ...(last && { last }),
  };
}

/** Whoever controls it; it may have other owners. */
function ownerIn(metadata: Fields): Pod['owner'] {
  const owner = mapsIn(metadata, 'ownerReferences').find((one) => one['controller'] === true);
  if (!owner) return undefined;
  return { kind: textIn(owner, 'kind'), name: textIn(owner, 'name'), uid: textIn(owner, 'uid') };
}

export function podFrom(object: Fields): Pod {
  const [metadata, status] = [mapIn(object, 'metadata'), mapIn(object, 'status')];
  const owner = ownerIn(metadata);
  return {
    namespace: textIn(metadata, 'namespace'),
    name: textIn(metadata, 'name'),
    uid: textIn(metadata, 'uid'),
    created: momentIn(metadata, 'creationTimestamp') ?? 0,
    labels: textsIn(metadata, 'labels'),
    annotations: textsIn(metadata, 'annotations'),
    ...(owner && { owner }),
    isDeleting: metadata['deletionTimestamp'] !== undefined,
    phase: textIn(status, 'phase'),
    conditions: conditionsIn(status),
    containers: [
      ...mapsIn(status, 'initContainerStatuses').map((one) => containerFrom(one, true)),
      ...mapsIn(status, 'containerStatuses').map((one) => containerFrom(one, false)),
    ],
  };
}

/** When it was said last: older ones and newer ones say it in fields of their own. */
const saidAt = (event: Fields): number =>
  momentIn(mapIn(event, 'series'), 'lastObservedTime') ??
  momentIn(event, 'lastTimestamp') ??
  momentIn(event, 'eventTime') ??
  momentIn(mapIn(event, 'metadata'), 'creationTimestamp') ??
  0;

const eventFrom = (event: Fields): PodEvent => ({
  type: textIn(event, 'type'),
  reason: textIn(event, 'reason'),
  message: textIn(event, 'message'),
  count: numberIn(mapIn(event, 'series'), 'count') || numberIn(event, 'count') || 1,
});

const MOST_EVENTS = 20;

/** The newest, in their order. */
export const eventsFrom = (objects: readonly Fields[]): readonly PodEvent[] =>
  objects
    .toSorted((a, b) => saidAt(a) - saidAt(b))
    .slice(-MOST_EVENTS)
    .map(eventFrom);
