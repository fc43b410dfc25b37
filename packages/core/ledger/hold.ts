import { acting, lookOurs } from './acting.ts';
import { never } from './context.ts';
import { newRecord } from './encode.ts';
import { lastSealed } from './last.ts';
import type { Chain, Content, Held, Seal, TakeOptions, TicketOutcome } from './ledger.ts';
import { takeSnapshot } from './look.ts';
import { claimed, closeRepeated, end, type Mine, NOTHING, type Sight, write } from './mine.ts';
import { asciiJson } from './parts.ts';
import type { Act } from './protocol/next.ts';
import { standing } from './protocol/view.ts';
import { recordText } from './ticket.ts';
import { sealDigest, type WrittenTicket } from './written.ts';

const chainOf = ({ queue, environment }: WrittenTicket): Chain =>
  queue === 'names' ? 'names' : { environment };

const isHeld = (act: Act): boolean => act.do === 'hold';

/** Our ticket, whose turn it is. */
export function hold(mine: Mine, sight: Sight, { signal }: TakeOptions): Held {
  // What was begun is never begun again with other words: a copy of the first may still land.
  const { context, renewing } = mine;
  const on = acting(mine, isHeld, signal);
  /** As we know it to stand in the ledger: only we write to it. */
  let own = sight.own;
  let isRecording = false;
  let isOver = false;

  async function record(content: Content): Promise<void> {
    if (isRecording) throw new TypeError('a ticket has one record');
    isRecording = true;
    const { snapshot } = await lookOurs(mine, isHeld);
    const previous = await lastSealed(context, chainOf(own), snapshot, never());
    const text = recordText(content, previous && sealOf(previous));
    await write(mine, mine.number, newRecord(text));
    own = { ...own, record: text, recorded: true };
  }

  async function seal(outcome: TicketOutcome, result: Content): Promise<Seal> {
    if (own.recorded === (outcome === 'void')) {
      throw new TypeError(`a ticket that is ${own.recorded ? '' : 'not '}recorded ends ${outcome}`);
    }
    await on.deadlinePassed();
    const text = asciiJson(result);
    isOver = true;
    await end(mine, own, outcome, text);
    const snapshot = await takeSnapshot(context, never());
    renewing.stop();
    const after = standing(own.number, snapshot.view);
    if (after !== 'ours') throw claimed(mine, snapshot, after.claimedBy);
    await closeRepeated(mine, snapshot);
    return { number: mine.number, digest: sealDigest(own, outcome, text) };
  }

  async function letGo(): Promise<void> {
    renewing.stop();
    if (isOver || mine.isClaimed) return;
    isOver = true;
    // Whoever waits looks at what stands where; a record may not end by our guess.
    if (own.recorded) return;
    await end(mine, own, 'void', NOTHING);
    await closeRepeated(mine, await takeSnapshot(context, never()));
  }

  return { ...on, number: mine.number, taken: own.taken, record, seal, letGo };
}

const sealOf = ({ number, digest = '' }: { number: string; digest?: string }): Seal => ({
  number,
  digest,
});
