import type { Ticket, TicketOutcome, Whole } from '../ledger/ledger.ts';
import { ALIAS, LEFT, STAGE } from './marks.ts';
import { type From, type Move, moveOf, type Party } from './record.ts';
import { writtenAt } from './written-at.ts';

/** What the ledger says of an environment. */
export interface Recorded {
  /** Absent where nobody is there. */
  readonly party?: Party;
  /** The ticket that made it so; absent where it was found there and nothing has come of that move. */
  readonly ticket?: string;
  readonly found: boolean;
  /** The alias and the stage that said so, as far as that is on record. */
  readonly marked?: Marked;
}

interface Marked {
  readonly alias?: string;
  readonly stage?: string;
}

/** Whether a move came about. */
export const hasMoved = (outcome: TicketOutcome | undefined): boolean =>
  outcome === 'done' || outcome === 'settled';

/** The same of what an environment has: a deployment makes it serve, and nothing else. */
export const hasMovedVersion = ({ outcome, record }: Ticket): boolean =>
  hasMoved(outcome) && record?.['verb'] !== 'deploy';

const fromOf = ({ ticket, found, ...party }: From): Recorded => ({
  party,
  ...(ticket !== undefined && { ticket }),
  found: found === true,
});

/** What the steps of a move say of alias and stage: where they stood at a number, `before` or `after` it. */
function markedIn({ steps }: Move, when: 'before' | 'after', number: string | undefined): Marked {
  const at = (kind: string) => steps.find((one) => one.kind === kind && one[when] === number);
  const [alias, stage] = [at(ALIAS)?.place, at(STAGE)?.place];
  return { ...(alias !== undefined && { alias }), ...(stage !== undefined && { stage }) };
}

/** What its move has left, which a record says that knows of more than its steps. */
const markedAfter = (move: Move): Marked => move.marked ?? markedIn(move, 'after', move.to?.number);

/** What stood before a move that came to nothing: what it was to leave alone stood as it says, too. */
function markedBefore(move: Move): Marked {
  const { from, to, marked = {}, steps } = move;
  const left = from?.number === to?.number ? Object.entries(marked) : [];
  const untouched = left.filter(
    ([kind, place]) => !steps.some((one) => one.kind === kind && one.place === place),
  );
  return { ...Object.fromEntries(untouched), ...markedIn(move, 'before', from?.number) };
}

const withMarked = (recorded: Recorded, marked: Marked): Recorded =>
  Object.keys(marked).length > 0 ? { ...recorded, marked } : recorded;

/**
 * The version of an environment, as the last ticket of its chain tells it: where that one has moved, its `to`,
 * else what was there before it. Nothing where there is no record at all.
 */
export function recordedBy(last: Ticket | undefined): Recorded | undefined {
  const move = last && moveOf(last);
  if (last === undefined || move === undefined) return undefined;
  if (!hasMovedVersion(last)) {
    return move.from ? withMarked(fromOf(move.from), markedBefore(move)) : { found: false };
  }
  const moved = { ...(move.to && { party: move.to }), ticket: last.number, found: false };
  return withMarked(moved, markedAfter(move));
}

/**
 * The ticket that tells what an environment has: what has moved counts, whatever a later one that came to nothing
 * says of what it found.
 */
export const tellingOf = (sealed: readonly Ticket[]): Ticket | undefined =>
  sealed.findLast(hasMovedVersion) ?? sealed.at(-1);

/** The same from the whole chain. */
export const recordedIn = (sealed: readonly Ticket[]): Recorded | undefined =>
  recordedBy(tellingOf(sealed));

/** Also one that is under way, or has stopped halfway, has taken the version out. */
const mayHaveLeft = ({ outcome }: Ticket): boolean =>
  outcome === undefined || outcome === 'stopped' || hasMoved(outcome);

/** Whether the version of an environment has left its stage for another environment, by a move on record. */
export function hasGoneOn(whole: Whole, { party, ticket = '0' }: Recorded, stage: string): boolean {
  const begun = whole.open.filter(({ queue }) => queue === 'moves');
  const later = whole.environments
    .flatMap((environment) => whole.history({ environment }).sealed)
    .concat(begun)
    .filter((one) => mayHaveLeft(one) && Number(one.number) > Number(ticket));
  return later.some((one) =>
    moveOf(one)?.steps.some(
      ({ kind, place, before }) => kind === LEFT && place === party?.number && before === stage,
    ),
  );
}

/** For how long a version was what its environment had, and how it came to be. */
export interface Spell {
  readonly party: Party;
  /** Absent where it was found. */
  readonly ticket?: Ticket;
  readonly move?: Move;
  readonly how: 'promoted' | 'rolled back' | 'settled' | 'found';
  /** By the server's clock, when the move began; of one that was found, when that was. */
  readonly since: number;
}

const HOW = { promote: 'promoted', rollback: 'rolled back', settle: 'settled' } as const;

/** What an environment had one after the other, the oldest first. */
export function spellsOf(sealed: readonly Ticket[]): Spell[] {
  const spells: Spell[] = [];
  for (const ticket of sealed) {
    const move = moveOf(ticket);
    if (move === undefined) continue;
    const { from, to } = move;
    if (from?.found && spells.length === 0) {
      spells.push({ party: from, how: 'found', since: writtenAt(ticket) });
    }
    if (!hasMovedVersion(ticket) || to === undefined || move.verb === 'deploy') continue;
    // Sealed as found: what was there goes on being there, now with a record.
    if (to.number === spells.at(-1)?.party.number && spells.at(-1)?.how === 'found') spells.pop();
    spells.push({ party: to, ticket, move, how: HOW[move.verb], since: writtenAt(ticket) });
  }
  return spells;
}

/** Numbers that were rolled back from, and have not been promoted again since. */
export function rolledBackFrom(sealed: readonly Ticket[]): ReadonlySet<string> {
  const numbers = new Set<string>();
  for (const ticket of sealed) {
    const move = moveOf(ticket);
    if (move === undefined || !hasMovedVersion(ticket)) continue;
    if (move.verb === 'rollback' && move.from) numbers.add(move.from.number);
    else if (move.to) numbers.delete(move.to.number);
  }
  return numbers;
}

/**
 * Where a rollback from the version that is there may lead, the nearest first: what was there earlier and was
 * never rolled back from.
 */
export function goodBefore(sealed: readonly Ticket[], now: string | undefined): Party[] {
  const bad = new Set(
    sealed.flatMap((ticket) => {
      const move = moveOf(ticket);
      const left = move?.verb === 'rollback' && hasMoved(ticket.outcome) ? move.from : undefined;
      return left ? [left.number] : [];
    }),
  );
  const spells = spellsOf(sealed);
  const at = spells.findLastIndex(({ party }) => party.number === now);
  const earlier = spells.slice(0, at < 0 ? spells.length : at).reverse();
  const good = earlier.filter(({ party }) => party.number !== now && !bad.has(party.number));
  return [...new Map(good.map(({ party }) => [party.number, party])).values()];
}

/** Whether an environment has had a version for good: it was moved there, and was not rolled back from since. */
export const hasHad = (sealed: readonly Ticket[], number: string): boolean =>
  spellsOf(sealed).some(({ how, party }) => how !== 'found' && party.number === number) &&
  !rolledBackFrom(sealed).has(number);
