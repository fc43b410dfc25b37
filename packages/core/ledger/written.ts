import type { TicketOutcome } from './ledger.ts';
import { asciiJson, sha256 } from './parts.ts';
import type { AnswerEntry, ClaimEntry, Entry, TicketEntry } from './protocol/entries.ts';
import { readEntries, type View } from './protocol/view.ts';

/** A ticket as its version holds it. */
export interface WrittenTicket extends TicketEntry {
  readonly environment: string;
  readonly intent: string;
  readonly marks: ReadonlyMap<string, string>;
  /** JSON, as it was written. */
  readonly holder: string;
  readonly renewed: string;
  readonly left?: string;
  /** By the server's clock. */
  readonly taken: number;
  /** JSON, as it was written; there when `recorded`. */
  readonly record?: string;
  /** There with `end`. */
  readonly result?: string;
  readonly digest?: string;
}

export interface WrittenClaim extends ClaimEntry {
  readonly nonce: string;
}

export interface WrittenAnswer extends AnswerEntry {
  readonly nonce: string;
  readonly result: string;
  /** Of the ticket that was answered for, as a seal of its own would have it. */
  readonly digest: string;
}

export type Written = Entry<WrittenTicket, WrittenClaim, WrittenAnswer>;

export type WrittenView = View<WrittenTicket, WrittenAnswer>;

export const readWritten = (entries: Iterable<Written>): WrittenView =>
  readEntries<WrittenTicket, WrittenClaim, WrittenAnswer>(entries);

/** What a seal covers: all that a ticket was created with, did and came to. A void one did nothing. */
export function sealDigest(ticket: WrittenTicket, outcome: TicketOutcome, result: string): string {
  const { number, queue, environment, intent, nonce, lease, holder, taken: _, marks } = ticket;
  const created = [number, queue, environment, intent, nonce, lease, holder, [...marks].sort()];
  const record = outcome === 'void' ? '' : (ticket.record ?? '');
  return sha256(asciiJson([created, record, outcome, result]));
}
