const BASE = 500;
const LONGEST = 20_000;
export const MOST_TRIES = 5;

/** Before the try that follows so many: anything up to twice as long each time, so that many do not come back at once. */
export const pauseAfter = (tries: number, random: () => number): number =>
  random() * Math.min(LONGEST, BASE * 2 ** tries);

/** Milliseconds that a server asks to wait, by seconds or by a date on its own clock. */
export function retryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!/^[A-Z][a-z]{2},? /.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

export interface RetryBudget {
  /** Whether one more repetition may be; takes it. */
  take(): boolean;
  /** An answer came: half a repetition is given back. */
  give(): void;
}

const BUDGET = 20;

/** One for all requests of a run, so that a server that fails is not asked five times as much by all of them. */
export function retryBudget(): RetryBudget {
  let left = BUDGET;
  return {
    take() {
      if (left < 1) return false;
      left--;
      return true;
    },
    give() {
      left = Math.min(BUDGET, left + 0.5);
    },
  };
}
