import { acting, lookOurs } from './acting.ts';
import { never } from './context.ts';
import { create } from './create.ts';
import { damaged } from './decode.ts';
import { newAnswer } from './encode.ts';
import type { TakeOptions, TicketOutcome } from './ledger.ts';
import { type Mine, NOTHING, type Sight } from './mine.ts';
import { asciiJson } from './parts.ts';
import type { Act } from './protocol/next.ts';
import { ticketOf } from './ticket.ts';
import { sealDigest, type WrittenTicket } from './written.ts';

interface End {
  readonly outcome: TicketOutcome;
  readonly result: string;
}

/** Its own end, if it had one when we looked after our claim: then nothing else may be said of it. */
function ownEnd({ context }: Mine, ticket: WrittenTicket): End | undefined {
  const { number, end: outcome, result, digest } = ticket;
  if (outcome === undefined || result === undefined) return undefined;
  if (sealDigest(ticket, outcome, result) !== digest) {
    throw damaged(context.name, String(number), 'was changed after it had been sealed');
  }
  return { outcome, result };
}

/** Answers for a ticket that we have claimed, from a look that was taken after the claim. */
export async function answer(
  mine: Mine,
  { snapshot: { view } }: Sight,
  of: number,
  { answerFor, signal }: TakeOptions,
): Promise<void> {
  const { context } = mine;
  const ticket = view.tickets.get(of);
  if (ticket === undefined) throw damaged(context.name, String(of), 'was claimed and is no ticket');
  const isOurs = (act: Act) => act.do === 'answer' && act.of === of;
  let end = ownEnd(mine, ticket);
  if (end === undefined && !ticket.recorded) end = { outcome: 'void', result: NOTHING };
  if (end === undefined) {
    const on = acting(mine, isOurs, signal);
    const { outcome, result } = await answerFor(ticketOf(context.name, view, ticket), on);
    await on.deadlinePassed();
    end = { outcome, result: asciiJson(result) };
  }
  const { own } = await lookOurs(mine, isOurs);
  const { name, host } = context;
  const creation = newAnswer(name, host, own, ticket, end.outcome, end.result);
  await create(context, creation, never());
}
