import type { Entry } from '../entries.ts';
import { next } from '../next.ts';
import { outcomeOf, readEntries, standing, type View } from '../view.ts';
import type { ModelTicket, State } from './state.fixture.ts';

export const QUEUE = 'moves';

/** The decisions of the protocol; tests put broken ones in their place. */
export interface Protocol {
  readonly readEntries: (entries: Iterable<Entry<ModelTicket>>) => View<ModelTicket>;
  readonly next: typeof next;
  readonly standing: typeof standing;
  readonly outcomeOf: typeof outcomeOf;
  /** Whether a holder looks again before each effect. */
  readonly looksBeforeEffects: boolean;
  /** Whether a holder looks once more after it sealed. */
  readonly looksAfterSealing: boolean;
  /** Whether one without a reply sends the same again, rather than decide anew. */
  readonly repeats: boolean;
}

export const PROTOCOL: Protocol = {
  readEntries,
  next,
  standing,
  outcomeOf,
  looksBeforeEffects: true,
  looksAfterSealing: true,
  repeats: true,
};

/** Something that must never be. */
export class Violation extends Error {}

/** What one search for the open entries gives. */
const isOpen = (entry: Entry): boolean => entry.kind !== 'ticket' || entry.end === undefined;

export interface Views {
  /** As one search for what is open gives it. */
  readonly open: View<ModelTicket>;
  readonly all: View<ModelTicket>;
}

/** Reads the ledger of a state; most states share theirs with others. */
export function views(protocol: Protocol): (state: State) => Views {
  const known = new WeakMap<State['entries'], Views>();
  return ({ entries }) => {
    const before = known.get(entries);
    if (before !== undefined) return before;
    const read = protocol.readEntries;
    const now = { open: read(entries.filter(isOpen)), all: read(entries) };
    known.set(entries, now);
    return now;
  };
}
