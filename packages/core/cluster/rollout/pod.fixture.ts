import type { ContainerStatus, Pod } from '../pod.ts';
import type { Stamp } from '../reading/stamp.ts';

export const STAMPED: ReadonlyMap<string, string> = new Map([
  ['passmuster.dev/version', '2.0.0'],
  ['passmuster.dev/config', 'sha256:new'],
]);

export const BEFORE: Stamp = new Map([
  ['passmuster.dev/version', '1.0.0'],
  ['passmuster.dev/config', 'sha256:old'],
]);

const annotationsOf = (stamp: Stamp): Map<string, string> =>
  new Map([...stamp].flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

export const containerOf = (change: Partial<ContainerStatus> = {}): ContainerStatus => ({
  ...{ name: 'main', isInit: false, isReady: true, restarts: 0 },
  ...change,
});

/** A pod of the new template that is ready, as far as its only container is. */
export function podOf(
  name: string,
  container: Partial<ContainerStatus> = {},
  change: Partial<Pod> = {},
  stamp: Stamp = STAMPED,
): Pod {
  const status = containerOf(container);
  return {
    ...{ namespace: 'shop', name, uid: `u-${name}`, created: 0, labels: new Map() },
    ...{ annotations: annotationsOf(stamp), isDeleting: false, phase: 'Running' },
    conditions: [
      { type: 'Ready', status: status.isReady ? 'True' : 'False', reason: '', message: '' },
    ],
    containers: [status],
    ...change,
  };
}

const waiting = (reason: string, message = '') => ({
  isReady: false,
  waiting: { reason, message },
});

const ended = (reason: string, exitCode: number) => ({ reason, exitCode, message: '' });

/** What may be the matter with a container. */
export const BAD = {
  crashing: { ...waiting('CrashLoopBackOff'), restarts: 3, last: ended('Error', 1) },
  outOfMemory: { ...waiting('CrashLoopBackOff'), restarts: 3, last: ended('OOMKilled', 137) },
  killed: { isReady: false, terminated: ended('OOMKilled', 137) },
  noImage: waiting('ImagePullBackOff', 'Back-off pulling image "shop/api:9"'),
  pulling: waiting('ErrImagePull', 'registry: 500'),
  badName: waiting('InvalidImageName'),
  noKey: waiting(
    'CreateContainerConfigError',
    "couldn't find key current in ConfigMap shop/models",
  ),
  creating: waiting('ContainerCreating'),
  slow: { isReady: false },
} satisfies Record<string, Partial<ContainerStatus>>;

export const UNSCHEDULABLE: Partial<Pod> = {
  phase: 'Pending',
  containers: [],
  conditions: [
    {
      ...{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' },
      message: '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
    },
  ],
};
