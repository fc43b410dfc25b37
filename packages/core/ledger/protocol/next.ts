import type { Queue } from '../ledger.ts';
import { isDead, type Pulse } from './life.ts';
import { answererOf, openIn, standing, type View } from './view.ts';

/** What a process that has a ticket does next. */
export type Act =
  /** Somebody else answers for our ticket: write nothing more. */
  | { readonly do: 'stop'; readonly by: number }
  /** The ticket `on` is in front, or answers for what is. */
  | { readonly do: 'wait'; readonly on: number; readonly ahead: number }
  | { readonly do: 'claim'; readonly of: readonly number[] }
  | { readonly do: 'answer'; readonly of: number }
  | { readonly do: 'hold' };

/** The whole protocol for a ticket that is not sealed yet. */
export function next(self: number, queue: Queue, view: View, pulse: Pulse): Act {
  const ours = standing(self, view);
  if (ours !== 'ours') return { do: 'stop', by: ours.claimedBy };

  const ahead = openIn(view, queue).filter((number) => number < self);
  const others = ahead.filter((number) => answererOf(view, number) !== self);
  const on = others.map((number) => answererOf(view, number)).find((it) => !ended(it, view, pulse));
  if (on !== undefined) return { do: 'wait', on, ahead: ahead.length };
  if (others.length > 0) return { do: 'claim', of: ahead };

  // The oldest first, so that each is answered for from the world that it left.
  const owed = ahead[0];
  return owed === undefined ? { do: 'hold' } : { do: 'answer', of: owed };
}

/** Whether nobody will answer any more: dead, or sealed and with that at its end. */
function ended(answerer: number, view: View, pulse: Pulse): boolean {
  const ticket = view.tickets.get(answerer);
  if (ticket === undefined || ticket.end !== undefined) return true;
  return isDead(ticket, pulse.get(answerer));
}
