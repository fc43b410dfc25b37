import { ClusterError } from '../cluster/error.ts';
import type { EffectError } from '../effect-error.ts';
import { isPassing } from '../ledger/context.ts';
import type { Values } from './step.ts';

/** A look, or the write that went by it, that has failed. */
export interface Failed {
  readonly failed: EffectError;
  /** What was seen before the write that failed; absent where the look did. */
  readonly values: Values | undefined;
}

/** What a failure means for what comes next. */
export type Meaning =
  /** The same may well succeed a little later. */
  | 'passing'
  /** The write was understood, and will be refused again. */
  | 'refused'
  /** Nothing can be seen, so nothing can be done. */
  | 'blind';

/** Who is not let in any more can put nothing back either; whoever comes next may. */
const isLockedOut = (error: EffectError): boolean =>
  error instanceof ClusterError &&
  error.failure.reason === 'denied' &&
  error.failure.status !== 403;

export function meaningOf({ failed, values }: Failed): Meaning {
  if (isPassing(failed)) return 'passing';
  if (isLockedOut(failed)) return 'blind';
  return values !== undefined && failed.failure.effect === 'none' ? 'refused' : 'blind';
}

/** Whether what was written may land yet. */
export const mayLand = ({ failed, values }: Failed): boolean =>
  values !== undefined && failed.failure.effect === 'unknown';
