import type { Ticket } from '../ledger/ledger.ts';
import { recordedIn } from './live.ts';
import type { Move } from './record.ts';
import type { Step } from './step.ts';

/** Whether a step changes nothing but what says which version the environment has. */
function isOwn({ kind, place, after }: Step, { has = {}, to }: Move): boolean {
  if (kind === 'alias') return place === has.alias && after === to?.number;
  if (kind === 'stage') return place === has.stage && (after === to?.number || after === '');
  return kind === 'left' && place === to?.number && after === has.stage;
}

const STEPS_OF_REGISTRY = ['alias', 'stage', 'left'];

/**
 * Why an open ticket cannot have been written by one of us, as the end of a sentence; nothing where it can. It
 * is carried on in somebody's name, so whoever may write to the registry must not be able to have that done by
 * making one up. `sealed` is the chain that it would stand on.
 */
export function misfitOf(
  ticket: Ticket,
  move: Move,
  sealed: readonly Ticket[],
): string | undefined {
  const last = sealed.findLast(({ number }) => number !== ticket.number);
  const { previous } = ticket;
  if (previous?.number !== last?.number || previous?.digest !== last?.digest) {
    return `it does not stand on ${last ? `ticket ${last.number}` : 'the beginning of its chain'}`;
  }
  const recorded = recordedIn(sealed);
  if (recorded && !recorded.found && recorded.party?.number !== move.from?.number) {
    return `it begins at number ${move.from?.number ?? 'none'}, where the ledger has ${recorded.party?.number ?? 'none'}`;
  }
  if (ticket.holder.actor !== move.who.actor) {
    return 'whoever holds it is not who says to have moved it';
  }
  const odd = move.steps.find(
    (step) => STEPS_OF_REGISTRY.includes(step.kind) && !isOwn(step, move),
  );
  return odd && `it changes the ${odd.kind} ${odd.place}, which is none of its environment's`;
}
