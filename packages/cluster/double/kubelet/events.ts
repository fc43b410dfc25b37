import { EVENTS } from '../resources.ts';
import type { Store } from '../store/store.ts';
import { created, stamp } from '../store/writes.ts';
import type { Pod } from '../workloads.ts';
import type { State } from './state.ts';

const REASONS: Readonly<Record<string, readonly [string, string]>> = {
  CrashLoopBackOff: ['BackOff', 'Back-off restarting failed container'],
  ImagePullBackOff: ['BackOff', 'Back-off pulling image'],
  ErrImagePull: ['Failed', 'Failed to pull image'],
};

function warningOf(state: State): { reason: string; message: string } | undefined {
  if (state.kind === 'pending') return { reason: 'FailedScheduling', message: state.message };
  if (state.kind !== 'main' && state.kind !== 'init') return undefined;
  const [reason, message] = REASONS[state.reason] ?? ['Failed', `Error: ${state.reason}`];
  return { reason, message: state.message ?? message };
}

let count = 0;

/** What went wrong with a pod is told as an event too. */
export function tell(store: Store, pod: Pod, state: State): void {
  const warning = warningOf(state);
  if (!warning) return;
  count += 1;
  const { name, namespace = '', uid, resourceVersion } = pod.metadata;
  const at = stamp();
  created(
    store,
    EVENTS,
    {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.${count.toString(16).padStart(16, '0')}`, namespace },
      involvedObject: { kind: 'Pod', apiVersion: 'v1', namespace, name, uid, resourceVersion },
      ...warning,
      type: 'Warning',
      source: { component: 'kubelet' },
      reportingComponent: 'kubelet',
      reportingInstance: '',
      firstTimestamp: at,
      lastTimestamp: at,
      count: 1,
    },
    { manager: 'kubelet' },
  );
}
