import type { Clock } from '../../clock.ts';
import type { WorkloadRef } from '../workload.ts';
import { refText, secondsText } from './words.ts';

/** Between two lines about one workload. */
const SHORTEST_SILENCE = 5_000;
/** So that a job that waits does not look like one that hangs. */
const LONGEST_SILENCE = 30_000;

/** Tells whoever watches how it goes, and not more than can be read. */
export interface Notes {
  /** What is so now; called as often as one likes. */
  now(says: string, isOver: boolean): void;
  /** The same, and said in any case where it is news. */
  last(says: string): void;
}

export function notesOn(ref: WorkloadRef, clock: Clock, note: (text: string) => void): Notes {
  let said: string | undefined;
  let since = 0;
  let at = 0;

  function say(says: string, more = ''): void {
    note(`${refText(ref)}: ${says}${more}`);
    at = clock.elapsed();
    if (says !== said) [said, since] = [says, at];
  }

  return {
    now(says, isOver) {
      const silence = said === undefined ? LONGEST_SILENCE : clock.elapsed() - at;
      if (says !== said && (silence >= SHORTEST_SILENCE || isOver)) return say(says);
      if (silence < LONGEST_SILENCE || isOver) return;
      say(says, ` (for ${secondsText(clock.elapsed() - since)} now)`);
    },
    last(says) {
      if (says !== said) say(says);
    },
  };
}
