import { type Answer, messageIn } from './answer.ts';

/** What is tried again once it failed, because to ask twice is not to do twice. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 500, 502, 503, 504]);

export const MOST_TRIES = 5;

const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;
const UNTOLD_LIMIT = 60_000;
/** A reset is told in whole seconds. */
const SECOND = 1_000;

/** A limit of GitHub's that was reached comes as 403 or 429, and there are other reasons for a 403. */
export const isLimit = ({ status, headers, body }: Answer): boolean =>
  status === 429 ||
  (status === 403 &&
    ('retry-after' in headers ||
      headers['x-ratelimit-remaining'] === '0' ||
      /rate limit|abuse detection/i.test(messageIn(body))));

/**
 * How many milliseconds to wait before the same question is asked again after its `tries`th failure;
 * nothing when this answer stands. `chance` is between 0 and 1.
 */
export function pause(
  answer: Answer,
  tries: number,
  now: number,
  chance: number,
): number | undefined {
  const limited = isLimit(answer);
  if (!limited && !PASSING.has(answer.status)) return undefined;
  const told = toldWait(answer, now);
  if (told !== undefined) return told;
  return limited ? UNTOLD_LIMIT * 2 ** (tries - 1) : jitter(tries, chance);
}

/** Anything up to a bound that doubles, so that many who failed together do not come back together. */
export const jitter = (tries: number, chance: number): number =>
  chance * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1));

function toldWait({ headers }: Answer, now: number): number | undefined {
  // Both times are the server's, where it says its own.
  const here = Date.parse(headers['date'] ?? '') || now;
  const after = headers['retry-after'];
  if (after !== undefined && /^\d{1,9}$/.test(after)) return Number(after) * SECOND;
  if (after !== undefined && Date.parse(after) > here) return Date.parse(after) - here;
  const reset = headers['x-ratelimit-reset'];
  if (headers['x-ratelimit-remaining'] !== '0' || !/^\d{1,12}$/.test(reset ?? '')) return undefined;
  return Math.max(Number(reset) * SECOND - here, 0) + SECOND;
}
