import { PassmusterError } from '../errors.ts';
import { acting } from './acting.ts';
import { never } from './context.ts';
import { newRecord } from './encode.ts';
import { lastReadable } from './last.ts';
import {
  type Chain,
  Claimed,
  type Content,
  type Held,
  type Seal,
  type TakeOptions,
  type Ticket,
  type TicketOutcome,
} from './ledger.ts';
import { readTicket, takeSnapshot } from './look.ts';
import { claimed, closeRepeated, end, type Mine, NOTHING, type Sight, write } from './mine.ts';
import { asciiJson } from './parts.ts';
import type { Act } from './protocol/next.ts';
import { standing } from './protocol/view.ts';
import { TAG } from './tags.ts';
import { recordText } from './ticket.ts';
import { unsealed } from './words.ts';
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
  /** Once an end was sent, it may stand there, whatever we have heard. */
  let isEnding = false;
  let isOver = false;

  async function record(content: Content, known?: { last: Ticket | undefined }): Promise<void> {
    if (isRecording) throw new TypeError('a ticket has one record');
    isRecording = true;
    const { last: previous } = known ?? {
      // Nobody else seals in our chain while we hold.
      last: await lastReadable(context, chainOf(own), sight.snapshot, never()),
    };
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
    isEnding = true;
    await orUnsealed(outcome, end(mine, own, outcome, text));
    isOver = true;
    const written = { number: mine.number, digest: sealDigest(own, outcome, text) };
    await orUnsealed(outcome, lookAfter(), written);
    return written;
  }

  /** The same work; where it fails, with what is known of our end then. */
  async function orUnsealed(outcome: TicketOutcome, work: Promise<void>, written?: Seal) {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof PassmusterError) || error instanceof Claimed) throw error;
      throw unsealed(context.name, mine.number, outcome, error, written);
    }
  }

  /** Whether our end counts. */
  async function lookAfter(): Promise<void> {
    const snapshot = await takeSnapshot(context, never());
    renewing.stop();
    const after = standing(own.number, snapshot.view);
    if (after !== 'ours') throw claimed(mine, snapshot, after.claimedBy);
    await closeRepeated(mine, snapshot);
  }

  const hasEnded = async (): Promise<boolean> =>
    (await readTicket(context, mine.number, never()))?.end !== undefined;

  async function letGo(why?: string): Promise<boolean> {
    renewing.stop();
    if (isOver || mine.isClaimed) return false;
    isOver = true;
    if (isEnding && (await hasEnded())) return false;
    // Whoever waits looks at what stands where; a record may not end by our guess, nor otherwise than it began to.
    if (own.recorded || isEnding) {
      if (why !== undefined) await write(mine, mine.number, [[TAG.left, why]]);
      return true;
    }
    await end(mine, own, 'void', NOTHING);
    await closeRepeated(mine, await takeSnapshot(context, never()));
    return false;
  }

  return { ...on, number: mine.number, taken: own.taken, record, seal, letGo };
}

const sealOf = ({ number, digest = '' }: { number: string; digest?: string }): Seal => ({
  number,
  digest,
});
