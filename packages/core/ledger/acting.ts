import { EffectError } from '../effect-error.ts';
import type { Call } from '../registry/registry.ts';
import { together } from '../together.ts';
import { type Context, never, patience, pause } from './context.ts';
import type { Acting } from './ledger.ts';
import { claimed, lookAs, type Mine, type Sight } from './mine.ts';
import { effectDeadline, stale } from './protocol/life.ts';
import type { Act } from './protocol/next.ts';
import { lost, tooSlow } from './words.ts';

/** Whether an effect may have happened, or may happen yet, although it failed. */
const isUnknown = (error: unknown): boolean =>
  !(error instanceof EffectError) || error.failure.effect === 'unknown';

/** A look that throws unless it is still our turn for what we are about. */
export async function lookOurs(mine: Mine, isOurs: (act: Act) => boolean): Promise<Sight> {
  const sight = await lookAs(mine, never());
  const { act, snapshot } = sight;
  if (act.do === 'stop') throw claimed(mine, snapshot, act.by);
  if (!isOurs(act)) throw lost(mine.context.name, mine.number);
  return sight;
}

/**
 * A look whose answer is young enough to write by: our renewals arrive, so that nobody may think us
 * dead before the write's deadline has passed.
 */
async function lookBeforeEffect<Seen>(
  mine: Mine,
  isOurs: (act: Act) => boolean,
  look: () => Promise<Seen>,
): Promise<Seen> {
  const { clock, lease } = mine.context;
  const mayGoOn = patience(mine.context);
  for (let tries = 0; ; tries++) {
    if (mine.renewing.age() > stale(lease)) await mine.renewing.now();
    const began = clock.elapsed();
    const [seen] = await together(undefined, [look, () => lookOurs(mine, isOurs)]);
    const isYoung = clock.elapsed() - began <= effectDeadline(lease);
    if (isYoung && mine.renewing.age() <= stale(lease)) return seen;
    if (!mayGoOn()) throw tooSlow(lease);
    await pause(mine.context, tries, never());
  }
}

/** The look of an effect that needs none. */
// biome-ignore lint/suspicious/noExplicitAny: whoever gives no look is handed nothing
export const noLook = async (): Promise<any> => undefined;

/** What one may do while `isOurs` says so; nothing new once the signal has come. */
export function acting(mine: Mine, isOurs: (act: Act) => boolean, signal: AbortSignal): Acting {
  const { clock, lease }: Context = mine.context;
  /** Until when something that was sent without a reply may still land. */
  let open = clock.elapsed();

  return {
    get number() {
      return mine.number;
    },
    async effect<Value, Seen>(
      carryOut: (call: Call, seen: Seen) => Promise<Value>,
      look: (call: Call) => Promise<Seen> = noLook,
    ): Promise<Value> {
      signal.throwIfAborted();
      const within = effectDeadline(lease);
      const seen = await lookBeforeEffect(mine, isOurs, () => look({ within, signal }));
      signal.throwIfAborted();
      const deadline = clock.elapsed() + within;
      try {
        return await carryOut({ within }, seen);
      } catch (error) {
        if (isUnknown(error)) open = Math.max(open, deadline);
        throw error;
      }
    },
    async deadlinePassed() {
      const rest = open - clock.elapsed();
      if (rest > 0) await clock.sleep(rest, never());
    },
    async stillOurs() {
      await lookOurs(mine, isOurs);
    },
  };
}
