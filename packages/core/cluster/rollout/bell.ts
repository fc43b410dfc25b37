import type { Clock } from '../../clock.ts';

/** Sleep that those who have news can end. */
export interface Bell {
  ring(): void;
  /** Whoever waits, now or next, gets this thrown. */
  fail(error: unknown): void;
  /** Until it rings, or so long; not at all where it has rung since the last time. */
  wait(milliseconds: number): Promise<void>;
}

export function newBell(clock: Clock, signal: AbortSignal): Bell {
  let rung = new AbortController();
  let failure: { readonly error: unknown } | undefined;

  async function sleep(milliseconds: number): Promise<void> {
    if (rung.signal.aborted) return;
    try {
      await clock.sleep(milliseconds, AbortSignal.any([signal, rung.signal]));
    } catch (error) {
      if (!rung.signal.aborted) throw error;
    }
  }

  return {
    ring: () => rung.abort(),
    fail(error) {
      failure ??= { error };
      rung.abort();
    },
    async wait(milliseconds) {
      signal.throwIfAborted();
      await sleep(milliseconds);
      signal.throwIfAborted();
      rung = new AbortController();
      if (failure) throw failure.error;
    },
  };
}
