import { stamp } from '../store/writes.ts';
import type { Container, Pod } from '../workloads.ts';
import type { State } from './state.ts';

const OUT_OF_MEMORY = 137;

type Failing = Extract<State, { kind: 'main' | 'init' }>;

const MESSAGES: Readonly<Record<string, (container: Container, pod: Pod) => string>> = {
  CrashLoopBackOff: ({ name }, { metadata }) =>
    `back-off 10s restarting failed container=${name} pod=${metadata.name}_${metadata.namespace}(${metadata.uid})`,
  ImagePullBackOff: ({ image }) => `Back-off pulling image ${JSON.stringify(image)}`,
  ErrImagePull: ({ image }) => `failed to pull image ${JSON.stringify(image)}: not found`,
};

/** A reason that comes of an end is told with how it ended. */
function failure({ reason, exit, message }: Failing, container: Container, pod: Pod) {
  const ended = exit ?? (reason === 'CrashLoopBackOff' ? 1 : undefined);
  const text = message ?? MESSAGES[reason]?.(container, pod);
  const waiting = { reason, ...(text && { message: text }) };
  if (ended === undefined) return { state: { waiting } };
  const why = ended === OUT_OF_MEMORY ? 'OOMKilled' : 'Error';
  const at = stamp();
  const terminated = { exitCode: ended, reason: why, startedAt: at, finishedAt: at };
  return { state: { waiting }, restartCount: 3, lastState: { terminated } };
}

/** The status that a kubelet would report of a pod. */
export function podStatus(pod: Pod, state: State, since: string): Record<string, unknown> {
  const at = stamp();
  const condition = (type: string, yes: boolean) => ({
    type,
    status: yes ? 'True' : 'False',
    lastProbeTime: null,
    lastTransitionTime: at,
  });
  const qosClass = pod.status?.['qosClass'] ?? 'BestEffort';
  if (state.kind === 'pending') {
    const why = { reason: 'Unschedulable', message: state.message };
    const conditions = [{ ...condition('PodScheduled', false), ...why }];
    return { phase: 'Pending', conditions, qosClass };
  }
  const ready = state.kind === 'ready';
  const one = (container: Container) => ({
    name: container.name,
    image: container.image,
    imageID: '',
    restartCount: 0,
    ready,
    started: ready,
    state: { running: { startedAt: at } },
    lastState: {},
    ...(state.kind === 'main' && failure(state, container, pod)),
  });
  const initial = (container: Container) => ({
    ...one(container),
    ready: state.kind !== 'init',
    restartCount: 0,
    state: { terminated: { exitCode: 0, reason: 'Completed', startedAt: at, finishedAt: at } },
    lastState: {},
    ...(state.kind === 'init' && failure(state, container, pod)),
  });
  const held = (container: Container) => ({
    ...one(container),
    state: { waiting: { reason: 'PodInitializing' } },
  });
  const { initContainers, containers } = pod.spec;
  const started =
    state.kind !== 'init' &&
    !(state.kind === 'main' && state.exit === undefined && state.reason !== 'CrashLoopBackOff');
  return {
    phase: started ? 'Running' : 'Pending',
    startTime: since,
    ...(initContainers && { initContainerStatuses: initContainers.map(initial) }),
    containerStatuses: containers.map(state.kind === 'init' ? held : one),
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', state.kind !== 'init'),
      condition('ContainersReady', ready),
      condition('Ready', ready),
    ],
    qosClass,
  };
}
