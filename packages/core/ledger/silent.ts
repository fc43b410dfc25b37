import type { Ticket } from './ledger.ts';
import { renewEvery } from './protocol/life.ts';

const MISSED = 6;
/** A renewal takes a while, and the next one waits for it. */
const SLOWNESS = 1.5;

/**
 * Whether a holder has most likely gone, as far as one look can tell: it has said less often that it lives than
 * it would have by now. For people alone; whoever takes over goes by what changes before their own eyes.
 */
export function seemsGone({ taken, lease, renewals = 0, left }: Ticket, now: number): boolean {
  if (left !== undefined) return true;
  return now > taken + (renewals + MISSED) * renewEvery(lease) * SLOWNESS;
}
