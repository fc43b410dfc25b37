import type { ModelVersion } from '../registry/entities.ts';
import type { Call } from '../registry/registry.ts';
import { type Context, insist, pause } from './context.ts';
import { decode } from './decode.ts';
import type { Ticket } from './ledger.ts';
import { openIn } from './protocol/view.ts';
import { OPEN, TAG } from './tags.ts';
import { ticketOf } from './ticket.ts';
import { readWritten, type Written, type WrittenTicket, type WrittenView } from './written.ts';

/** The ledger at one moment, as far as it is open. */
export interface Snapshot {
  readonly entries: readonly Written[];
  readonly view: WrittenView;
  /** When the search was sent and when it was answered, by our own clock. */
  readonly began: number;
  readonly ended: number;
}

const OPEN_ONES = new Map([[TAG.state, OPEN]]);

export async function collect(versions: AsyncIterable<ModelVersion>): Promise<ModelVersion[]> {
  const list: ModelVersion[] = [];
  for await (const version of versions) list.push(version);
  return list;
}

export const allWith = (
  { registry, name }: Context,
  tags: ReadonlyMap<string, string>,
  call: Call,
): Promise<ModelVersion[]> =>
  collect(registry.versions({ model: name, tags, order: 'oldest' }, call));

/**
 * One search, so that all of it is of one moment. Some databases read tags a little later than
 * versions: a ticket that was sealed meanwhile may have been claimed just before, so it is looked at again.
 */
async function search(context: Context, signal: AbortSignal): Promise<Snapshot> {
  for (let tries = 0; ; tries++) {
    const began = context.clock.elapsed();
    const versions = await insist(context, signal, (call) => allWith(context, OPEN_ONES, call));
    const ended = context.clock.elapsed();
    const entries = versions.map(decode);
    const torn = entries.some((entry) => entry.kind === 'ticket' && entry.end !== undefined);
    if (!torn) return { entries, view: readWritten(entries), began, ended };
    await pause(context, tries, signal);
  }
}

/** Tickets that were claimed and sealed themselves are not found as open, but have no outcome yet. */
async function unanswered(
  context: Context,
  { view }: Snapshot,
  signal: AbortSignal,
): Promise<WrittenTicket[]> {
  const tickets: WrittenTicket[] = [];
  for (const number of view.claimed.keys()) {
    if (view.answers.has(number) || view.tickets.has(number)) continue;
    const ticket = await readTicket(context, String(number), signal);
    if (ticket) tickets.push(ticket);
  }
  return tickets;
}

export async function readTicket(
  context: Context,
  number: string,
  signal: AbortSignal,
): Promise<WrittenTicket | undefined> {
  const { registry, name } = context;
  const version = await insist(context, signal, (call) => registry.version(name, number, call));
  const entry = version && decode(version);
  return entry?.kind === 'ticket' ? entry : undefined;
}

export async function takeSnapshot(context: Context, signal: AbortSignal): Promise<Snapshot> {
  const snapshot = await search(context, signal);
  const more = await unanswered(context, snapshot, signal);
  if (more.length === 0) return snapshot;
  const entries = [...snapshot.entries, ...more];
  return { ...snapshot, entries, view: readWritten(entries) };
}

/** Tickets without an outcome, of both queues, in order. */
export function openTickets(name: string, view: WrittenView): Ticket[] {
  const numbers = [...openIn(view, 'moves'), ...openIn(view, 'names')].sort((a, b) => a - b);
  return numbers.flatMap((number) => {
    const ticket = view.tickets.get(number);
    return ticket ? [ticketOf(name, view, ticket)] : [];
  });
}

/** The same for as long as nothing but renewals comes. */
export const markOf = (entries: readonly Written[]): string =>
  entries
    .map((entry) =>
      entry.kind === 'ticket'
        ? `${entry.number}${entry.recorded ? 'r' : ''}${entry.end ?? ''}`
        : entry.number,
    )
    .join();
