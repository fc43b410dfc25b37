export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
  };
}

export type PodStatus = Readonly<Record<string, unknown>>;

interface Container {
  readonly name: string;
  readonly image: string;
}

export interface Stage {
  /** Milliseconds since the stage before. */
  readonly after: number;
  readonly what: string;
}

/**
 * What follows when a pod is told to be
 * - `ready`, also without being told;
 * - `never`: running, and never ready;
 * - `main/REASON` or `main/REASON/EXIT`: its containers wait for that reason, after that exit code;
 * - `init/REASON` or `init/REASON/EXIT`: the same of its init containers;
 * - `pending/TEXT`: no node takes it, and the scheduler says why;
 * - `after/MILLISECONDS`: ready that much later;
 * - `ready-then/MILLISECONDS/REASON/EXIT`: ready, and that much later as `main/REASON/EXIT`.
 */
export function stagesOf(state: string): Stage[] {
  if (!KNOWN.test(state)) throw new Error(`a pod cannot be told to be ${state}`);
  const [kind, milliseconds, ...failure] = state.split('/');
  const later = (what: string): Stage => ({ after: Number(milliseconds), what });
  if (kind === 'after') return [{ after: 0, what: 'never' }, later('ready')];
  if (kind !== 'ready-then') return [{ after: 0, what: state }];
  return [{ after: 0, what: 'ready' }, later(['main', ...failure].join('/'))];
}

const KNOWN =
  /^(ready|never|(main|init)\/\w+(\/\d+)?|pending\/.+|after\/\d+|ready-then\/\d+\/\w+(\/\d+)?)$/;

/** All of a status, with the bodies that a kubelet sends: nobody checks that they fit together. */
export function podStatus(pod: Pod, what: string): PodStatus {
  const at = new Date().toISOString();
  const [kind = '', reason = '', exit] = what.split('/');
  const condition = (type: string, holds: boolean) => ({
    type,
    status: holds ? 'True' : 'False',
    lastTransitionTime: at,
  });
  if (kind === 'pending') {
    const message = what.slice('pending/'.length);
    const unscheduled = { ...condition('PodScheduled', false), reason: 'Unschedulable', message };
    return { ...NOTHING, phase: 'Pending', conditions: [unscheduled] };
  }
  const ready = kind === 'ready';
  const held = kind === 'init';
  const { containers, initContainers = [] } = pod.spec;
  const running = { ready, started: ready, state: { running: { startedAt: at } } };
  const done = { ready: true, state: { terminated: { exitCode: 0, reason: 'Completed' } } };
  const failed = failure(reason, exit, at);
  const neverRan = kind === 'main' && exit === undefined;
  return {
    ...NOTHING,
    phase: held || neverRan ? 'Pending' : 'Running',
    startTime: at,
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', !held),
      condition('ContainersReady', ready),
      condition('Ready', ready),
    ],
    initContainerStatuses: initContainers.map(statusOf(held ? failed : done)),
    containerStatuses: containers.map(
      statusOf(held ? WAITING : kind === 'main' ? failed : running),
    ),
  };
}

/** A patch takes away nothing of which it does not speak. */
const NOTHING = { startTime: null, containerStatuses: null, initContainerStatuses: null };

const WAITING = {
  ready: false,
  started: false,
  state: { waiting: { reason: 'PodInitializing' } },
};

const statusOf = (state: object) => (container: Container) => ({
  name: container.name,
  image: container.image,
  imageID: '',
  restartCount: 0,
  ...state,
});

/** With an exit code it ran before, and again and again. */
function failure(reason: string, exit: string | undefined, at: string) {
  const waiting = { ready: false, started: false, state: { waiting: { reason } } };
  if (exit === undefined) return waiting;
  const exitCode = Number(exit);
  const terminated = {
    reason: exitCode === 137 ? 'OOMKilled' : 'Error',
    exitCode,
    startedAt: at,
    finishedAt: at,
  };
  return { ...waiting, restartCount: 3, lastState: { terminated } };
}
