import { type Context, insist, never } from './context.ts';
import { newEnd, type Writing } from './encode.ts';
import type { Ticket, TicketOutcome } from './ledger.ts';
import { type Snapshot, takeSnapshot } from './look.ts';
import type { Observer } from './observe.ts';
import { asciiJson } from './parts.ts';
import { type Act, next } from './protocol/next.ts';
import type { Renewing } from './renew.ts';
import { ticketOf } from './ticket.ts';
import { claimedBy, heldBy, lost } from './words.ts';
import type { WrittenTicket } from './written.ts';

/** A ticket of ours, from its creation to its end. */
export interface Mine {
  readonly context: Context;
  readonly nonce: string;
  readonly observer: Observer;
  readonly renewing: Renewing;
  /** Of our tickets with this nonce the lowest; found out anew by each look. */
  number: string;
  /** Somebody else answers for it by now: not a word more is written. */
  isClaimed: boolean;
}

/** What a look says to us. */
export interface Sight {
  readonly snapshot: Snapshot;
  readonly own: WrittenTicket;
  readonly act: Act;
}

export async function lookAs(mine: Mine, signal: AbortSignal): Promise<Sight> {
  const { context, nonce, observer } = mine;
  const snapshot = await takeSnapshot(context, signal);
  const { view } = snapshot;
  observer.note(snapshot);
  const [own] = [...view.tickets.values()]
    .filter((ticket) => ticket.nonce === nonce)
    .sort((a, b) => a.number - b.number);
  if (own === undefined) throw lost(context.name, mine.number);
  mine.number = String(own.number);
  return { snapshot, own, act: next(own.number, own.queue, view, observer.pulse()) };
}

/** A ticket of the snapshot, as people are told of it. */
export function shown({ context }: Mine, { view }: Snapshot, number: number): Ticket | undefined {
  const ticket = view.tickets.get(number);
  return ticket && ticketOf(context.name, view, ticket);
}

/** The error of one whose ticket was claimed. */
export function claimed(mine: Mine, snapshot: Snapshot, by: number): Error {
  mine.isClaimed = true;
  const claimer = shown(mine, snapshot, by);
  const text = claimer ? heldBy(claimer) : `ticket ${by}`;
  return claimedBy(mine.context.name, mine.number, String(by), text);
}

/** Writes tags one after the other, each until there is a reply. */
export async function write(
  { context }: Pick<Mine, 'context'>,
  number: string,
  tags: Writing,
): Promise<void> {
  const { registry, name } = context;
  for (const [key, value] of tags) {
    await insist(context, never(), (call) => registry.tagVersion(name, number, key, value, call));
  }
}

export const NOTHING = asciiJson({});

/** Our end, of a ticket as a look has shown it. */
export async function end(
  mine: Mine,
  own: WrittenTicket,
  outcome: TicketOutcome,
  result: string,
): Promise<void> {
  await write(mine, mine.number, newEnd(own, outcome, result));
}

/** Creations of ours that came twice: void for everybody, and closed so that nobody waits for them. */
export async function closeRepeated(mine: Mine, { view }: Snapshot): Promise<void> {
  for (const ticket of view.tickets.values()) {
    const isTwin = ticket.nonce === mine.nonce && String(ticket.number) !== mine.number;
    if (isTwin) await write(mine, String(ticket.number), newEnd(ticket, 'void', NOTHING));
  }
}
