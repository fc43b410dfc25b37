import type { Queue, TicketOutcome } from '../ledger.ts';

/** A wish in the queue: an open one is the lock, a sealed one a record. */
export interface TicketEntry {
  readonly kind: 'ticket';
  readonly number: number;
  readonly queue: Queue;
  /** Two tickets of one nonce are one creation whose reply was lost. */
  readonly nonce: string;
  readonly lease: number;
  /** Whether the complete record is there. */
  readonly recorded: boolean;
  /** As its own process sealed it. */
  readonly end?: TicketOutcome;
}

/** From here on the ticket `by` answers for all of `of`, and for all that they answered for. */
export interface ClaimEntry {
  readonly kind: 'claim';
  readonly number: number;
  readonly queue: Queue;
  readonly by: number;
  readonly of: readonly number[];
}

/** How the claimed ticket `of` ended, as the ticket `by` found it or made it end. */
export interface AnswerEntry {
  readonly kind: 'answer';
  readonly number: number;
  readonly queue: Queue;
  readonly by: number;
  readonly of: number;
  readonly outcome: TicketOutcome;
}

export type Entry<
  T extends TicketEntry = TicketEntry,
  C extends ClaimEntry = ClaimEntry,
  A extends AnswerEntry = AnswerEntry,
> = T | C | A;
