import type { TicketOutcome } from '../../ledger.ts';
import type { Entry, TicketEntry } from '../entries.ts';

/** A ticket of the model also holds what its record says. */
export interface ModelTicket extends TicketEntry {
  readonly owner: number;
  readonly from: number;
  readonly to: number;
}

/** What a process has decided to write. Between the look that decided it and its landing, anything happens. */
export type Write =
  | { readonly do: 'create' }
  | { readonly do: 'claim'; readonly of: readonly number[] }
  | { readonly do: 'answer'; readonly of: number; readonly outcome: TicketOutcome }
  | { readonly do: 'record'; readonly from: number; readonly to: number }
  | { readonly do: 'effect'; readonly place: number; readonly value: number; readonly for: number }
  | { readonly do: 'seal'; readonly outcome: TicketOutcome };

export interface Contender {
  /** 0 before it has one. */
  readonly ticket: number;
  readonly due?: Write;
  /** Whether `due` was sent and its reply lost. */
  readonly unsure: boolean;
  readonly sealed: boolean;
  readonly health: 'up' | 'stopped' | 'down';
  /** How it ended for its caller. */
  readonly over?: 'sealed' | 'claimed';
}

/** A write whose sender has no reply and may be gone; it lands at any time, or never. */
export interface Late {
  readonly by: number;
  readonly write: Write;
}

export interface State {
  /** Of the ledger, in the order of their numbers, which begin at 1. */
  readonly entries: readonly Entry<ModelTicket>[];
  /** Stage and alias: each the version that is there. */
  readonly world: readonly number[];
  readonly contenders: readonly Contender[];
  readonly late: readonly Late[];
  /** How many of each fault may still happen. */
  readonly left: Faults;
  /** Effects that landed although their author was not the holder any more. */
  readonly strays: number;
  readonly foreign: boolean;
  /** Each outcome that any reader could have seen, by ticket. */
  readonly seen: readonly (TicketOutcome | undefined)[];
}

export interface Faults {
  readonly crashes: number;
  readonly stops: number;
  readonly losses: number;
  readonly foreign: number;
  readonly quits: number;
}

/** What a contender wants: to be at a version, or back at the one before. */
export interface Wish {
  readonly to: number | 'back';
  readonly intent: string;
}

export const FOREIGN = 9;
export const FIRST = 0;

export function initial(wishes: readonly Wish[], faults: Faults): State {
  return {
    entries: [],
    world: [FIRST, FIRST],
    contenders: wishes.map(() => ({
      ticket: 0,
      due: { do: 'create' },
      unsure: false,
      sealed: false,
      health: 'up',
    })),
    late: [],
    left: faults,
    strays: 0,
    foreign: false,
    seen: [],
  };
}

function writeKey(write: Write): string {
  switch (write.do) {
    case 'create':
      return 'c';
    case 'claim':
      return `m${write.of.join('.')}`;
    case 'answer':
      return `a${write.of}${write.outcome}`;
    case 'record':
      return `r${write.from}${write.to}`;
    case 'effect':
      return `e${write.place}${write.value}${write.for}`;
    case 'seal':
      return `s${write.outcome}`;
  }
}

function entryKey(entry: Entry<ModelTicket>): string {
  if (entry.kind === 'ticket') {
    return `T${entry.owner}${entry.recorded ? `${entry.from}${entry.to}` : ''}${entry.end ?? ''}`;
  }
  if (entry.kind === 'claim') return `C${entry.by}>${entry.of.join('.')}`;
  return `A${entry.by}>${entry.of}${entry.outcome}`;
}

const contenderKey = ({ ticket, due, unsure, sealed, health, over }: Contender): string =>
  `${ticket}${due ? writeKey(due) : ''}${unsure ? '?' : ''}${sealed ? '!' : ''}${health[0]}${over?.[0] ?? ''}`;

const ledgerKeys = new WeakMap<State['entries'], string>();

function ledgerKey(entries: State['entries']): string {
  const known = ledgerKeys.get(entries);
  if (known !== undefined) return known;
  const key = entries.map(entryKey).join();
  ledgerKeys.set(entries, key);
  return key;
}

/** The same for the same state, and for no other. */
export function keyOf(state: State): string {
  const { left } = state;
  return [
    ledgerKey(state.entries),
    state.world.join(),
    state.contenders.map(contenderKey).join(),
    state.late
      .map(({ by, write }) => `${by}${writeKey(write)}`)
      .sort()
      .join(),
    `${left.crashes}${left.stops}${left.losses}${left.foreign}${left.quits}`,
    `${state.strays}${state.foreign ? 'F' : ''}`,
    state.seen.join(),
  ].join('|');
}

export const withContender = (state: State, who: number, change: Partial<Contender>): State => ({
  ...state,
  contenders: state.contenders.map((one, at) => (at === who ? { ...one, ...change } : one)),
});
