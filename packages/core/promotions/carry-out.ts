import type { Clock } from '../clock.ts';
import { EffectError } from '../effect-error.ts';
import type { PassmusterError } from '../errors.ts';
import { patience } from '../ledger/context.ts';
import type { Acting } from '../ledger/ledger.ts';
import type { Call } from '../registry/registry.ts';
import { type Failed, mayLand, meaningOf } from './failed.ts';
import { type Next, next, type Strange, type Wish } from './next.ts';
import type { Step, Values, Way } from './step.ts';
import { Unrecovered } from './unrecovered.ts';
import { isEnough, newWrites, setBack, type Writes } from './writes.ts';

/** The world, as far as steps are about it. */
export interface Places {
  /** What stands at the places of these steps, all at one moment. */
  read(steps: readonly Step[], call: Call): Promise<Values>;
  write(step: Step, way: Way, call: Call): Promise<void>;
}

/** How a move ended. */
export interface End {
  readonly outcome: 'done' | 'put-back' | 'stopped';
  /** Where it was stopped: what stands there, though it is not what we have put or left there. */
  readonly strange: readonly Strange[];
  /** What stands at the places of the steps now. */
  readonly values: Values;
  /** Why it went back, or could go neither ahead nor back. */
  readonly cause?: PassmusterError;
}

export interface Move {
  readonly steps: readonly Step[];
  readonly wish: Wish;
  readonly acting: Acting;
  readonly places: Places;
  readonly clock: Clock;
  /** How long a world that does not answer is asked again. */
  readonly patience: number;
  /**
   * Waits until what was written is so for whoever reads it, all of it or, on the way back, none of it. Resolves
   * to why it did not become so.
   */
  readonly live?: (way: Way) => Promise<PassmusterError | undefined>;
}

const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 5_000;

const pauseAfter = (times: number): number =>
  Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(times, 10));

/** What is next, and what was seen; a step that is next has been written. */
interface Seen {
  readonly next: Next;
  readonly values: Values;
}

/** One look, and one write that goes by it. */
async function turn(move: Move, wish: Wish, writes: Writes): Promise<Seen | Failed> {
  const { steps, acting, places } = move;
  let before: Values | undefined;
  try {
    return await acting.effect(
      async (call, values: Values) => {
        const now = next(steps, values, wish);
        if (now.do === 'step' && !isEnough(writes, now)) {
          before = values;
          await places.write(now.step, now.way, call);
        }
        return { next: now, values };
      },
      (call) => places.read(steps, call),
    );
  } catch (error) {
    if (error instanceof EffectError) return { failed: error, values: before };
    throw error;
  }
}

/** What went wrong first, and what has come to it. */
const withMore = (cause: PassmusterError | undefined, more: PassmusterError): PassmusterError =>
  cause === undefined ? more : new Unrecovered(cause, more);

function ended(steps: readonly Step[], { next: now, values }: Seen, cause: End['cause']): End {
  const because = cause && { cause };
  if (now.do === 'seal') return { outcome: now.outcome, strange: [], values, ...because };
  if (now.do === 'stop') return { outcome: 'stopped', strange: now.strange, values, ...because };
  const strange = { step: now.step, value: values[steps.indexOf(now.step)] ?? '' };
  return { outcome: 'stopped', strange: [strange], values, cause: setBack(strange, cause) };
}

/**
 * Carries a move out, or puts it back: each step from a look that was just taken, and no step over somebody
 * else's value. Rejects with Claimed, with the reason of the signal, and where the world cannot be seen for
 * too long; then whoever comes next goes on.
 */
export async function carryOut(move: Move): Promise<End> {
  const { steps, acting, clock } = move;
  const sleep = (milliseconds: number) => clock.sleep(milliseconds, new AbortController().signal);
  const newPatience = () => patience({ clock, lease: move.patience, stake: 'there' });
  const writes = newWrites();
  let { wish } = move;
  let cause: PassmusterError | undefined;
  let values: Values = steps.map(({ before }) => before);
  let isUnsure = false;
  let awaited: Way | undefined;
  let mayGoOn = newPatience();
  for (let failures = 0; ; ) {
    const came = await turn(move, wish, writes);
    values = came.values ?? values;
    if ('failed' in came) {
      const { failed } = came;
      const meaning = meaningOf(came);
      if (meaning === 'refused' && wish === 'back') {
        return { outcome: 'stopped', strange: [], values, cause: failed };
      }
      if (meaning === 'refused') {
        [wish, cause, failures] = ['back', failed, 0];
        continue;
      }
      isUnsure ||= mayLand(came);
      if (meaning === 'blind' || !mayGoOn()) throw failed;
      await sleep(pauseAfter(failures++));
      continue;
    }
    [failures, mayGoOn] = [0, newPatience()];
    const { next: now } = came;
    if (now.do === 'step' && !isEnough(writes, now)) {
      writes.note(now);
      awaited = undefined;
      const times = writes.of(now);
      // Whoever sets it back may stop, and an old copy becomes a new one.
      if (times > 1) await sleep(pauseAfter(times));
      continue;
    }
    // What was sent without a reply may land yet: then it is looked at once more before anything is said.
    if (isUnsure) {
      isUnsure = false;
      await acting.deadlinePassed();
      continue;
    }
    const way: Way = now.do === 'seal' && now.outcome === 'done' ? 'forward' : 'back';
    if (move.live === undefined || now.do !== 'seal' || awaited === way) {
      return ended(steps, came, cause);
    }
    // It takes its time, in which anything may happen: what is sealed is looked at once more.
    awaited = way;
    const failed = await move.live(way);
    mayGoOn = newPatience();
    if (failed === undefined) continue;
    cause = withMore(cause, failed);
    if (way === 'forward') wish = 'back';
  }
}
