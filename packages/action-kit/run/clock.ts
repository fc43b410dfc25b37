import { readFileSync } from 'node:fs';
import type { Clock } from '@passmuster/core/clock.ts';

/** Timers take no more, and fire at once when they are given it. */
const LONGEST_SLEEP = 2 ** 31 - 1;

/**
 * The clock of this machine. `elapsed` goes on while the process is stopped; while the machine sleeps
 * it does on macOS and Windows by itself, and on Linux, whose CLOCK_MONOTONIC stands still then, by
 * `/proc/uptime`, which does not.
 */
export function systemClock(): Clock {
  const start = process.hrtime.bigint();
  const startedUp = uptime();
  let longest = 0;
  return {
    now: () => Date.now(),
    elapsed() {
      const monotonic = Number(process.hrtime.bigint() - start) / 1e6;
      const sleepless = startedUp === undefined ? 0 : (uptime() ?? 0) - startedUp;
      longest = Math.max(longest, monotonic, sleepless);
      return longest;
    },
    sleep,
  };
}

/** Milliseconds since Linux was started, sleep included. */
function uptime(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const seconds = Number(readFileSync('/proc/uptime', 'latin1').split(' ', 1)[0]);
    return Number.isFinite(seconds) ? seconds * 1000 : undefined;
  } catch {
    return undefined;
  }
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const wake = () => {
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const timer = setTimeout(wake, Math.min(Math.max(milliseconds, 0), LONGEST_SLEEP));
    signal.addEventListener('abort', stop, { once: true });
  });
}
