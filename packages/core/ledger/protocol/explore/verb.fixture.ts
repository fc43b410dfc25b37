import type { TicketOutcome } from '../../ledger.ts';
import { outcomeOf, type View } from '../view.ts';
import { FIRST, type ModelTicket, type Wish, type Write } from './state.fixture.ts';

/** As a promotion will do it: stage, then alias; put back in reverse. All of it follows from what is seen. */

type Ended = TicketOutcome;

/** The version that the ledger says is there, and the one before it. */
export function standsAt(view: View<ModelTicket>): {
  readonly now: number;
  readonly before?: number;
} {
  let last: ModelTicket | undefined;
  for (const ticket of view.tickets.values()) {
    if (outcomeOf(view, ticket.number) === 'done') last = ticket;
  }
  return last === undefined ? { now: FIRST } : { now: last.to, before: last.from };
}

/** What is next towards one end of a move, or nothing when all places are there. */
function towards(
  goal: number,
  away: number,
  way: 'forward' | 'back',
  world: readonly number[],
  ticket: number,
): Write | 'foreign' | undefined {
  if (world.some((value) => value !== goal && value !== away)) return 'foreign';
  const order = way === 'back' ? [...world.keys()].reverse() : [...world.keys()];
  const place = order.find((index) => world[index] !== goal);
  return place === undefined ? undefined : { do: 'effect', place, value: goal, for: ticket };
}

const answer = (of: number, outcome: Ended): Write => ({ do: 'answer', of, outcome });

/** How a claimer goes on with a dead ticket. */
export function answerFor(
  dead: ModelTicket,
  wish: Wish,
  intents: readonly Wish[],
  world: readonly number[],
): Write {
  if (dead.end !== undefined) return answer(dead.number, dead.end);
  if (!dead.recorded) return answer(dead.number, 'void');
  const same = intents[dead.owner]?.intent === wish.intent;
  const allThere = world.every((value) => value === dead.to);
  const forward = same || allThere;
  const [goal, away] = forward ? [dead.to, dead.from] : [dead.from, dead.to];
  const write = towards(goal, away, forward ? 'forward' : 'back', world, dead.number);
  if (write === 'foreign') return answer(dead.number, 'stopped');
  return write ?? answer(dead.number, forward ? 'done' : 'put-back');
}

/** How a holder goes on with its own ticket. */
export function carryOn(
  own: ModelTicket,
  wish: Wish,
  view: View<ModelTicket>,
  world: readonly number[],
): Write {
  if (!own.recorded) {
    const { now, before } = standsAt(view);
    const to = wish.to === 'back' ? before : wish.to;
    const drifted = world.some((value) => value !== now);
    if (drifted || to === undefined || to === now) return { do: 'seal', outcome: 'void' };
    return { do: 'record', from: now, to };
  }
  const write = towards(own.to, own.from, 'forward', world, own.number);
  if (write === 'foreign') return { do: 'seal', outcome: 'stopped' };
  return write ?? { do: 'seal', outcome: 'done' };
}
