import type { ContainerStatus, Pod } from '../pod.ts';
import type { Stamp } from '../reading/stamp.ts';
import { podsOf } from './pods.ts';

/** Why a pod does not start. */
export interface Ailment {
  readonly pod: Pod;
  readonly container?: string;
  /** In Kubernetes' own words, such as `ImagePullBackOff`. */
  readonly reason: string;
  /** As the server says it. */
  readonly message: string;
  /** Whether it is over at once, or only where it lasts. */
  readonly severity: 'fatal' | 'passing';
}

type Found = Pick<Ailment, 'reason' | 'message' | 'severity'>;

const SEVERITY = {
  CrashLoopBackOff: 'fatal',
  InvalidImageName: 'fatal',
  CreateContainerConfigError: 'fatal',
  // A registry or a node may be busy for a moment.
  ErrImagePull: 'passing',
  ImagePullBackOff: 'passing',
  ErrImageNeverPull: 'passing',
  CreateContainerError: 'passing',
  RunContainerError: 'passing',
} as const;

const isKnown = (reason: string): reason is keyof typeof SEVERITY =>
  Object.hasOwn(SEVERITY, reason);

const OUT_OF_MEMORY = 'OOMKilled';

function ailing(container: ContainerStatus): Found | undefined {
  const { isReady, waiting, terminated, last } = container;
  const ended = terminated ?? (isReady ? undefined : last);
  if (ended?.reason === OUT_OF_MEMORY) {
    const message = ended.message || 'the container used more memory than its limit';
    return { reason: OUT_OF_MEMORY, message, severity: 'fatal' };
  }
  if (!waiting || !isKnown(waiting.reason)) return undefined;
  const code = ended ? `it ended with exit code ${ended.exitCode}` : '';
  const told = [code, ended?.message, waiting.message].filter(Boolean).join('; ');
  return { reason: waiting.reason, message: told, severity: SEVERITY[waiting.reason] };
}

function ailmentsOfPod(pod: Pod): Ailment[] {
  const unscheduled = pod.conditions.find(
    ({ type, status, reason }) =>
      type === 'PodScheduled' && status === 'False' && reason === 'Unschedulable',
  );
  if (unscheduled) {
    const { reason, message } = unscheduled;
    return [{ pod, reason, message, severity: 'passing' }];
  }
  return pod.containers.flatMap((container) => {
    const found = ailing(container);
    return found ? [{ pod, container: container.name, ...found }] : [];
  });
}

const rank = { fatal: 0, passing: 1 } as const;

/** What keeps pods of a stamp from starting, the worst first. Pods of other templates are none of its business. */
export const ailmentsOf = (pods: readonly Pod[], stamp: Stamp): Ailment[] =>
  podsOf(pods, stamp)
    .flatMap(ailmentsOfPod)
    .toSorted((a, b) => rank[a.severity] - rank[b.severity]);
