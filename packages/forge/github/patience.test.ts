import { expect, test } from 'vitest';
import type { Answer } from './answer.ts';
import { pause } from './patience.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const date = 'Sun, 01 Mar 2026 12:00:10 GMT';
const answer = (status: number, headers = {}, message = 'x'): Answer => ({
  status,
  headers,
  body: { message },
});

test.each([200, 400, 401, 403, 404, 409, 410, 422, 501])('an answer of %d stands', (status) => {
  expect(pause(answer(status), 1, NOW, 1)).toBeUndefined();
});

test.each([408, 425, 500, 502, 503, 504])('%d: up to twice as long each time', (status) => {
  const waits = [1, 2, 3, 9].map((tries) => pause(answer(status), tries, NOW, 1));
  expect(waits).toEqual([500, 1_000, 2_000, 20_000]);
  expect(pause(answer(status), 3, NOW, 0.25)).toBe(500);
});

test.each<[string, Answer, number]>([
  ['seconds', answer(429, { 'retry-after': '3' }), 3_000],
  ['none at all', answer(403, { 'retry-after': '0' }), 0],
  ['more than a day', answer(403, { 'retry-after': '99999' }), 99_999_000],
  ['a date', answer(503, { 'retry-after': 'Sun, 01 Mar 2026 12:00:40 GMT', date }), 30_000],
  [
    'a date, by our own clock',
    answer(429, { 'retry-after': 'Sun, 01 Mar 2026 12:00:40 GMT' }),
    40_000,
  ],
  [
    'a date that has passed',
    answer(429, { 'retry-after': 'Sun, 01 Mar 2026 11:00:00 GMT' }),
    60_000,
  ],
  ['less than nothing', answer(429, { 'retry-after': '-3' }), 60_000],
  ['no time', answer(403, { 'retry-after': 'soon' }), 60_000],
  [
    'when the limit is reset',
    answer(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${NOW / 1000 + 40}`, date }),
    31_000,
  ],
  [
    'a reset that has passed',
    answer(429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${NOW / 1000}`, date }),
    1_000,
  ],
  ['a limit, and no time', answer(429), 60_000],
  ['a limit in words', answer(403, {}, 'You have exceeded a secondary rate limit.'), 60_000],
  ['a limit that is not used up', answer(429, { 'x-ratelimit-remaining': '7' }), 60_000],
])('the wait that GitHub asks for: %s', (_, limited, wait) => {
  expect(pause(limited, 1, NOW, 0)).toBe(wait);
});

test('a limit without a time is given longer each time', () => {
  expect([1, 2, 3].map((tries) => pause(answer(429), tries, NOW, 0))).toEqual([
    60_000, 120_000, 240_000,
  ]);
});
