import type { Queue, TicketOutcome } from '../ledger.ts';
import type { AnswerEntry, ClaimEntry, Entry, TicketEntry } from './entries.ts';

/** What the entries of a ledger say together. */
export interface View<T extends TicketEntry = TicketEntry, A extends AnswerEntry = AnswerEntry> {
  readonly tickets: ReadonlyMap<number, T>;
  /** Tickets whose creation was repeated under a lower number; void. */
  readonly repeated: ReadonlySet<number>;
  /** Who answers for each ticket that was claimed. */
  readonly answerers: ReadonlyMap<number, number>;
  /** The one answer that counts for a ticket that was claimed. */
  readonly answers: ReadonlyMap<number, A>;
  /** The queue of each ticket that was claimed, also where the ticket itself was not read. */
  readonly claimed: ReadonlyMap<number, Queue>;
}

/**
 * Folds entries in the order of their numbers, which is the only order that is trusted. They may be all
 * of a ledger, or only those that are open: claims and answers are open for ever.
 */
export function readEntries<T extends TicketEntry, C extends ClaimEntry, A extends AnswerEntry>(
  entries: Iterable<Entry<T, C, A>>,
): View<T, A> {
  const tickets = new Map<number, T>();
  const repeated = new Set<number>();
  const answerers = new Map<number, number>();
  const answers = new Map<number, A>();
  const claimed = new Map<number, Queue>();
  const nonces = new Set<string>();

  for (const entry of [...entries].sort((a, b) => a.number - b.number)) {
    if (entry.kind === 'ticket') {
      tickets.set(entry.number, entry);
      if (nonces.has(entry.nonce)) repeated.add(entry.number);
      nonces.add(entry.nonce);
    } else if (entry.kind === 'claim') {
      if (answerers.has(entry.by)) continue;
      for (const number of entry.of) claimed.set(number, entry.queue);
      handOver(answerers, entry);
    } else if (answerers.get(entry.of) === entry.by && !answers.has(entry.of)) {
      answers.set(entry.of, entry);
    }
  }
  return { tickets, repeated, answerers, answers, claimed };
}

/** The claimer takes on the tickets it names, and what those had taken on. */
function handOver(answerers: Map<number, number>, { by, of }: ClaimEntry): void {
  const named = new Set(of);
  for (const [number, answerer] of answerers) if (named.has(answerer)) answerers.set(number, by);
  for (const number of of) answerers.set(number, by);
}

/** Who answers for a ticket: itself, until a claim that counts names it. */
export const answererOf = (view: View, number: number): number =>
  view.answerers.get(number) ?? number;

/** Whether a ticket is still its own master. */
export function standing(self: number, view: View): 'ours' | { readonly claimedBy: number } {
  const answerer = view.answerers.get(self);
  return answerer === undefined ? 'ours' : { claimedBy: answerer };
}

/** How a ticket ended, the same for every reader; nothing while it has no outcome. */
export function outcomeOf(view: View, number: number): TicketOutcome | undefined {
  if (view.repeated.has(number)) return 'void';
  if (view.answerers.has(number)) return view.answers.get(number)?.outcome;
  return view.tickets.get(number)?.end;
}

/** The tickets of a queue that have no outcome, in order; the first of them holds. */
export function openIn(view: View, queue: Queue): readonly number[] {
  const numbers = new Set<number>();
  for (const [number, ticket] of view.tickets) if (ticket.queue === queue) numbers.add(number);
  for (const [number, its] of view.claimed) if (its === queue) numbers.add(number);
  return [...numbers]
    .filter((number) => outcomeOf(view, number) === undefined)
    .sort((a, b) => a - b);
}
