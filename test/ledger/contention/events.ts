import { openSync, writeSync } from 'node:fs';
import type { TicketOutcome } from '@passmuster/core/ledger/ledger.ts';

/** What a contender goes through. `self` is its own ticket, `of` the one that it acts for. */
export type Happening =
  | { readonly what: 'ready' }
  | { readonly what: 'asking' }
  /** Before and after an entry of the ledger is made, by the nonce that it carries. */
  | { readonly what: 'creating'; readonly kind: string; readonly nonce: string }
  | { readonly what: 'created'; readonly nonce: string; readonly number: string }
  | { readonly what: 'answering'; readonly self: string; readonly of: string }
  | { readonly what: 'held'; readonly self: string }
  /** What the ledger says that stands there, and what does. */
  | { readonly what: 'found'; readonly version: string; readonly places: readonly string[] }
  | { readonly what: 'effect'; readonly self: string; readonly of: string; readonly value: string }
  | { readonly what: 'written'; readonly self: string; readonly value: string }
  /** No reply came, or none that says that nothing happened. */
  | { readonly what: 'unsure'; readonly self: string; readonly value: string }
  | { readonly what: 'sealing'; readonly self: string }
  | {
      readonly what: 'sealed';
      readonly self: string;
      readonly outcome: TicketOutcome;
      readonly digest: string;
    }
  | { readonly what: 'claimed'; readonly by: string }
  | { readonly what: 'error'; readonly message: string; readonly known: boolean }
  /** What was done to it from outside. */
  | { readonly what: 'killed' }
  | { readonly what: 'stopped' }
  | { readonly what: 'continued' };

export type Event = Happening & {
  readonly who: string;
  /** Milliseconds of the machine's monotonic clock, which all processes share. */
  readonly at: number;
};

export type Log = (happening: Happening) => void;

export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Each event is in the file before anything follows it, however the process may end. */
export function logTo(file: string, who: string): Log {
  const open = openSync(file, 'a');
  return (happening) =>
    void writeSync(open, `${JSON.stringify({ ...happening, who, at: now() })}\n`);
}
