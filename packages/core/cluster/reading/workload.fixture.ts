import type { PodSpec, Workload } from '../workload.ts';

/** A Deployment of three pods that has nothing left to do. */
export const workloadOf = (change: Partial<Workload> = {}, pod?: PodSpec): Workload => ({
  ...{ kind: 'Deployment', namespace: 'shop', name: 'api', uid: 'u-api' },
  ...{ resourceVersion: '10', generation: 2, observed: 2 },
  ...{ labels: new Map(), annotations: new Map(), selector: new Map([['app', 'api']]) },
  template: {
    labels: new Map([['app', 'api']]),
    annotations: new Map(),
    pod: pod ?? { containers: [{ name: 'main' }] },
  },
  ...{ strategy: 'RollingUpdate', partition: 0, isPaused: false },
  counts: { wanted: 3, there: 3, updated: 3, ready: 3, available: 3 },
  conditions: [],
  ...change,
});
