import { answer } from './answer.ts';
import { type Context, never, rest } from './context.ts';
import { create } from './create.ts';
import { newClaim, newTicket } from './encode.ts';
import { hold } from './hold.ts';
import type { Held, Request, TakeOptions, Ticket } from './ledger.ts';
import { takeSnapshot } from './look.ts';
import { makeLedger } from './make.ts';
import {
  claimed,
  closeRepeated,
  end,
  lookAs,
  type Mine,
  NOTHING,
  type Sight,
  shown,
} from './mine.ts';
import { observer } from './observe.ts';
import { startRenewing } from './renew.ts';
import { heldBy, lost, waitedTooLong } from './words.ts';
import type { WrittenTicket } from './written.ts';

/** The closest look at who is in front; those far behind look less often. */
const CLOSEST_POLL = 100;
const LONGEST_POLL = 5_000;

/** Creates a ticket and waits for its turn, having answered for the dead in front of it. */
export async function take(
  context: Context,
  request: Request,
  options: TakeOptions,
  isThere: boolean,
): Promise<Held> {
  const { name, host, lease } = context;
  const { signal } = options;
  signal.throwIfAborted();
  const coming: Context = { ...context, stake: 'coming' };
  if (!isThere) await makeLedger(coming, signal);
  const creation = newTicket(name, host, request, lease);
  const number = await create(coming, creation, signal);
  const there: Context = { ...context, stake: 'there' };
  const mine: Mine = {
    context: there,
    nonce: creation.nonce,
    observer: observer(there),
    renewing: startRenewing(there, () => mine.number),
    number,
    isClaimed: false,
  };
  try {
    return await waitForTurn(mine, options);
  } catch (error) {
    mine.renewing.stop();
    throw error;
  }
}

/** Whether giving up now would leave nobody unanswered for. */
function owesNothing({ own, snapshot: { view } }: Sight): boolean {
  for (const [number, by] of view.answerers) {
    if (by === own.number && !view.answers.has(number)) return false;
  }
  return !view.answerers.has(own.number);
}

async function waitForTurn(mine: Mine, options: TakeOptions): Promise<Held> {
  const { context } = mine;
  const { signal } = options;
  const started = context.clock.elapsed();
  let front: string | undefined;
  let polls = 0;
  let last: Sight | undefined;
  /** Whether a claim may be under way: then only the ledger can say what we owe. */
  let isUnsure = false;

  try {
    for (;;) {
      const sight = await lookAs(mine, signal);
      const { act, own, snapshot } = sight;
      last = sight;
      if (act.do === 'hold') return hold(mine, sight, options);
      if (act.do === 'stop') throw claimed(mine, snapshot, act.by);
      if (act.do === 'answer') await answer(mine, sight, act.of, options);
      else if (act.do === 'claim') {
        isUnsure = true;
        await create(context, newClaim(context.name, context.host, own, act.of), never());
        [isUnsure, last] = [false, undefined];
      } else {
        const inFront = await whoIsInFront(mine, sight, act.on, signal);
        if (inFront.number !== front) {
          options.waiting({ ...note(inFront), ahead: act.ahead });
          [front, polls] = [inFront.number, 0];
        }
        const left = started + options.wait - context.clock.elapsed();
        if (left <= 0) throw waitedTooLong(context.name, options.wait, inFront);
        const poll = CLOSEST_POLL * act.ahead * 2 ** Math.min(polls++, 5);
        await rest(context, Math.min(poll, LONGEST_POLL, left, own.lease / 6), signal);
      }
    }
  } catch (error) {
    mine.renewing.stop();
    await giveUp(mine, last, isUnsure);
    throw error;
  }
}

const note = (ticket: Ticket) => ({ ticket, text: `Waiting behind ${heldBy(ticket)}.` });

async function whoIsInFront(
  mine: Mine,
  { snapshot }: Sight,
  on: number,
  signal: AbortSignal,
): Promise<Ticket> {
  const ticket = shown(mine, snapshot, on);
  const written = snapshot.view.tickets.get(on);
  if (!ticket || !written) throw lost(mine.context.name, String(on));
  await mine.observer.ask(written, ticket.holder, signal);
  return ticket;
}

async function closeAll(mine: Mine, own: WrittenTicket): Promise<void> {
  await end(mine, own, 'void', NOTHING);
  await closeRepeated(mine, await takeSnapshot(mine.context, never()));
}

/** Nobody need wait for a ticket that did nothing; with a duty left, somebody must take over both. */
async function giveUp(mine: Mine, last: Sight | undefined, isUnsure: boolean): Promise<void> {
  if (last === undefined || isUnsure || mine.isClaimed || !owesNothing(last)) return;
  // What ended the waiting is what has to be told.
  await closeAll(mine, last.own).catch(() => undefined);
}
