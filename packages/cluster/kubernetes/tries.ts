import type { Clock } from '@passmuster/core/clock.ts';
import { type Outcome, TOO_LARGE } from '../http/answer.ts';
import { judgeBreak } from './verdict.ts';

const BASE_MS = 200;
const MOST_WAITED_MS = 60_000;

/** How long after an outage a refusal is not believed at once, and how often it is asked again. */
const [STARTING_MS, REFUSALS] = [10_000, 3];

interface Means {
  readonly clock: Clock;
  /** From 0 to 1, for pauses. */
  readonly random: () => number;
}

/**
 * A server that has just started refuses whoever has waited for it: for a moment it answers without having read
 * its Roles. Says, for one request, after how many milliseconds a refusal is to be doubted; it had no effect.
 */
export function doubts(
  { clock, random }: Means,
  brokeAt: () => number,
): (outcome: Outcome) => number | undefined {
  let refusals = 0;
  return (outcome) => {
    const isRefused = outcome.kind === 'answer' && outcome.status === 403;
    if (!isRefused || refusals >= REFUSALS) return undefined;
    if (clock.elapsed() - brokeAt() > STARTING_MS) return undefined;
    return (1 + random()) * BASE_MS * 2 ** refusals++;
  };
}

/** Milliseconds that a server asks to wait, by seconds or by a date. */
export function retryAfter(value: string | undefined, now: number): number {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = /^[A-Z][a-z]{2},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? 0 : Math.min(MOST_WAITED_MS, Math.max(0, at - now));
}

/** Milliseconds until what only reads may be asked again; nothing where it would end the same. */
export function nextTry(
  outcome: Outcome,
  tries: number,
  { clock, random }: Means,
): number | undefined {
  const pause = random() * BASE_MS * 2 ** tries;
  if (outcome.kind === 'break') {
    const isLost = outcome.code === TOO_LARGE || judgeBreak(outcome).failure.lasting === true;
    return isLost ? undefined : pause;
  }
  const { status, headers } = outcome;
  if (status !== 429 && status < 500) return undefined;
  return retryAfter(headers['retry-after'], clock.now()) + pause;
}
