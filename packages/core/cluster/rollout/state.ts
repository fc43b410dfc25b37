import { hasStamp, type Stamp } from '../reading/stamp.ts';
import type { Workload } from '../workload.ts';
import { progressOf } from './progress.ts';
import type { Rollout } from './rollout.ts';
import { kubectlName, nameText } from './words.ts';

/** What is waited for: the very workload that was stamped, of that generation or a later one. */
export interface Wanted {
  readonly uid: string;
  readonly generation: number;
  readonly stamp: Stamp;
}

const AGAIN = 'Find out who did it, then run this again.';

/** The first annotation that is not what we have put there. */
function foreign({ template }: Workload, stamp: Stamp): string {
  const [name] = [...stamp].find(([key, value]) => template.annotations.get(key) !== value) ?? [''];
  const value = template.annotations.get(name);
  const now = value === undefined ? 'is gone' : `is now \`${nameText(value)}\``;
  return `somebody else has changed its pod template meanwhile: \`${name}\` ${now}`;
}

/** The pods of a paused Deployment stay as they are, for as long as it is paused. */
const resumed = (workload: Workload): Rollout => ({
  is: 'failed',
  says: 'it is paused, so that it makes no new pods',
  hint: `\`kubectl rollout resume ${kubectlName(workload)}\``,
});

/**
 * As `kubectl rollout status` judges, and what that lacks. The order matters: what a workload says of itself is
 * of its last generation until its controller has seen the new one.
 */
export function rolloutOf(workload: Workload | undefined, wanted: Wanted): Rollout {
  if (workload === undefined) return { is: 'failed', says: 'it was deleted', hint: AGAIN };
  if (workload.uid !== wanted.uid) {
    return { is: 'failed', says: 'it was deleted, and made anew', hint: AGAIN };
  }
  if (workload.generation < wanted.generation) {
    return { is: 'waiting', says: 'the server does not show the change yet' };
  }
  if (!hasStamp(workload.template.annotations, wanted.stamp)) {
    return { is: 'failed', says: foreign(workload, wanted.stamp), hint: AGAIN };
  }
  const unseen = workload.observed < workload.generation;
  const progress: Rollout = unseen
    ? { is: 'waiting', says: 'its controller has not seen the change yet' }
    : progressOf(workload);
  return workload.isPaused && progress.is === 'waiting' ? resumed(workload) : progress;
}
