import { Interrupted, PassmusterError } from '@passmuster/core/errors.ts';
import { Claimed, type Held } from '@passmuster/core/ledger/ledger.ts';
import { type Answered, answerFor } from './answer-for.ts';
import { becomeOf } from './become-of.ts';
import type { Place } from './place.ts';
import { tagAnswered } from './tag-version.ts';

export interface Request {
  readonly place: Place;
  /** The same for the same wish: what another run of it may go on with. */
  readonly intent: string;
  readonly marks: ReadonlyMap<string, string>;
  /** Milliseconds to wait for others. */
  readonly wait: number;
}

async function explained(error: unknown, place: Place, number: string): Promise<unknown> {
  if (!(error instanceof Claimed)) return error;
  const more = await unlessFailed(becomeOf(place, number, error.by), undefined);
  const problems = [...error.problems, ...(more ? [more] : [])];
  return new PassmusterError('conflict', problems, { cause: error });
}

const leftText = (number: string): string =>
  `Ticket ${number} is left as it stands. Run this again to go on; whoever moves the model next ends it, too.`;

/** What the ticket says of why its holder went. */
function whyGone(signal: AbortSignal): string {
  const reason: unknown = signal.aborted ? signal.reason : undefined;
  return reason instanceof Interrupted ? reason.signal : 'failed';
}

/** For what is done on the way out: what went wrong before is told, unless this is a bug of ours. */
async function unlessFailed<Value, Instead>(
  work: Promise<Value>,
  instead: Instead,
): Promise<Value | Instead> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof PassmusterError) return instead;
    throw error;
  }
}

/**
 * Waits for our turn, answers for the dead in front of us, and does the work. A ticket that the work has not
 * sealed is void when nothing was recorded, else it says that we have gone, for whoever comes next.
 */
export async function underTicket<Result>(
  { place, intent, marks, wait }: Request,
  work: (held: Held, answered: readonly Answered[]) => Promise<Result>,
): Promise<Result> {
  const { ledger, environment, ports } = place;
  const { signal, voice } = ports;
  const answered: Answered[] = [];
  const request = { queue: 'moves' as const, environment: environment.name, intent, marks };
  const held = await ledger.take(request, {
    wait,
    signal,
    waiting: ({ text }) => voice.note(text),
    answerFor: answerFor(place, intent, (one) => answered.push(one)),
  });
  let why: string | undefined;
  try {
    await tagAnswered(place, answered);
    return await work(held, answered);
  } catch (error) {
    why = whyGone(signal);
    throw await explained(error, place, held.number);
  } finally {
    // What is to be told is what came of it; a ticket that stays open is answered for by the next.
    const isLeft = await unlessFailed(held.letGo(why), true);
    if (isLeft && why !== undefined) voice.warn(leftText(held.number));
  }
}
