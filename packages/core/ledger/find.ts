import { type Context, insist, pause } from './context.ts';
import { decode } from './decode.ts';
import type { Ticket } from './ledger.ts';
import { allWith, readTicket, type Snapshot, takeSnapshot } from './look.ts';
import { markTag } from './tags.ts';
import { ticketOf } from './ticket.ts';
import { readWritten, type WrittenTicket } from './written.ts';

/**
 * Tickets, then the claims and answers on them: in that order, because a ticket that was sealed before
 * can only be claimed by one who says the same of it. One that was sealed between is read again.
 */
async function settled(
  context: Context,
  read: () => Promise<readonly WrittenTicket[]>,
  signal: AbortSignal,
): Promise<Ticket[]> {
  for (let tries = 0; ; tries++) {
    const tickets = await read();
    const snapshot = await takeSnapshot(context, signal);
    const now = tickets.map((ticket) => newest(snapshot, ticket));
    if (now.every((ticket) => ticket !== undefined)) return shown(context, snapshot, now);
    await pause(context, tries, signal);
  }
}

const newest = ({ view }: Snapshot, ticket: WrittenTicket): WrittenTicket | undefined =>
  view.tickets.get(ticket.number) ?? (ticket.end === undefined ? undefined : ticket);

function shown(context: Context, snapshot: Snapshot, tickets: readonly WrittenTicket[]): Ticket[] {
  const numbers = new Set(tickets.map(({ number }) => number));
  const others = snapshot.entries.filter(({ number }) => !numbers.has(number));
  const view = readWritten([...others, ...tickets]);
  return tickets.map((ticket) => ticketOf(context.name, view, ticket));
}

export function find(
  context: Context,
  marks: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<readonly Ticket[]> {
  const tags = new Map([...marks].map(([name, value]) => [markTag(name), value]));
  async function read(): Promise<WrittenTicket[]> {
    const versions = await insist(context, signal, (call) => allWith(context, tags, call));
    return versions.map(decode).filter((entry) => entry.kind === 'ticket');
  }
  return settled(context, read, signal);
}

export async function findOne(
  context: Context,
  number: string,
  signal: AbortSignal,
): Promise<Ticket | undefined> {
  async function read(): Promise<WrittenTicket[]> {
    const ticket = await readTicket(context, number, signal);
    return ticket ? [ticket] : [];
  }
  const [ticket] = await settled(context, read, signal);
  return ticket;
}
