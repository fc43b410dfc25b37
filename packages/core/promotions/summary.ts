import type { Emptied } from '../environments/standing.ts';
import { PassmusterError, type Problem } from '../errors.ts';
import type { Ticket } from '../ledger/ledger.ts';
import type { EnvironmentPolicy } from '../policy/policy.ts';
import { hasMoved, hasMovedVersion, type Spell, spellsOf } from './live.ts';
import { type Marks, numbersIn } from './marks.ts';
import { type Move, moveOf } from './record.ts';
import { writtenAt } from './written-at.ts';

/** A sealed move, as a history tells it. */
export interface Entry {
  readonly ticket: Ticket;
  readonly move: Move;
  /** Milliseconds since 1970, by the server's clock: just before it was carried out. */
  readonly at: number;
  readonly approvals: number;
  /** Numbers that were archived along with it, and that it had not counted on. */
  readonly displaced: readonly string[];
  /** Why it went back, or could go neither ahead nor back. */
  readonly cause?: string;
}

/** What could be read of a chain, and what could not. */
export interface Readable {
  /** The oldest first. */
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
  /** Whether the last of the chain could be read: else nobody knows what the environment has. */
  readonly isWhole: boolean;
}

const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function entryOf(ticket: Ticket, move: Move): Entry {
  const displaced = listIn(ticket.result?.['displaced']);
  const cause = ticket.result?.['cause'];
  return {
    ticket,
    move,
    at: writtenAt(ticket),
    approvals: listIn(ticket.record?.['approvals']).length,
    displaced: displaced.filter((one) => typeof one === 'string'),
    ...(typeof cause === 'string' && { cause }),
  };
}

/** A move that cannot be read hides no other. */
export function readable(sealed: readonly Ticket[]): Readable {
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  for (const ticket of sealed) {
    try {
      const move = moveOf(ticket);
      if (move) entries.push(entryOf(ticket, move));
    } catch (error) {
      if (!(error instanceof PassmusterError)) throw error;
      problems.push(...error.problems);
    }
  }
  const isWhole = sealed.length === 0 || entries.at(-1)?.ticket === sealed.at(-1);
  return { entries, problems, isWhole };
}

/** How the version that an environment has came to be there. */
export interface Arrival {
  readonly how: Spell['how'];
  readonly at: number;
  /** Absent where it was found. */
  readonly entry?: Entry;
}

/** The same for an environment that is said to have nobody: then it is who emptied it. */
export function arrivalOf(
  entries: readonly Entry[],
  number: string | undefined,
): Arrival | undefined {
  const spell = spellsOf(entries.map(({ ticket }) => ticket)).at(-1);
  if (number !== undefined && spell?.party.number !== number) return undefined;
  const entry =
    number === undefined
      ? entries.findLast(({ ticket }) => hasMovedVersion(ticket))
      : entries.find(({ ticket }) => ticket === spell?.ticket);
  if (entry)
    return { how: spell?.ticket === entry.ticket ? spell.how : 'settled', at: entry.at, entry };
  return spell && { how: spell.how, at: spell.since };
}

/** Moves of a version to its environment that passed over something, the oldest first: shown for good. */
export const overridesOf = (entries: readonly Entry[], number: string): Entry[] =>
  entries.filter(
    ({ ticket, move }) => move.override && hasMoved(ticket.outcome) && move.to?.number === number,
  );

/** A place that is not where the ledger says; numbers, or empty. */
export interface Difference {
  readonly kind: 'alias' | 'stage';
  readonly place: string;
  readonly expected: string;
  readonly found: string;
}

/** What stands at alias and stage, or has been emptied there, in place of the number that the ledger says. */
export function differences(
  { alias, stage }: Pick<EnvironmentPolicy, 'alias' | 'stage'>,
  marks: Marks,
  expected: string,
  hasAliases: boolean,
  emptied: Emptied,
): Difference[] {
  const found: Difference[] = [];
  const at = marks.aliases.get(alias) ?? '';
  if (hasAliases && at !== expected && (at !== '' || emptied.alias)) {
    found.push({ kind: 'alias', place: alias, expected, found: at });
  }
  const inStage = stage === undefined ? expected : numbersIn(stage, marks);
  // A version has one stage, and going on to the next environment leaves this one's empty.
  if (stage !== undefined && inStage !== expected && (inStage !== '' || emptied.stage)) {
    found.push({ kind: 'stage', place: stage, expected, found: inStage });
  }
  return found;
}

/** Those of these places where a value stands that the move had there, before or after. */
export const writtenBy = ({ steps }: Pick<Move, 'steps'>, places: readonly Difference[]) =>
  places.filter((one) =>
    steps.some(
      ({ kind, place, before, after }) =>
        one.kind === kind && one.place === place && [before, after].includes(one.found),
    ),
  );

/** Moves after which one of their own writes may still have landed: the last ones, and not for ever. */
const MOST_RECENT = 2;

/**
 * The move whose own value stands in a place although it is not what the ledger says: a write that was under way
 * when somebody else answered for it, or a copy of one without a reply.
 */
export const lateWriteIn = (
  entries: readonly Entry[],
  places: readonly Difference[],
): Entry | undefined =>
  entries.slice(-MOST_RECENT).findLast(({ ticket, move }) => {
    const mayBeLate = ticket.claimedBy !== undefined || ticket.outcome === 'put-back';
    return mayBeLate && writtenBy(move, places).length > 0;
  });
