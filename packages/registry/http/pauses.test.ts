import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pauseAfter, retryAfter, retryBudget } from './pauses.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0);

test('a pause is anything up to twice as much each time, 20 s at most', () => {
  expect([0, 1, 2, 3, 10].map((tries) => pauseAfter(tries, () => 1))).toEqual([
    500, 1000, 2000, 4000, 20_000,
  ]);
  expect(pauseAfter(3, () => 0)).toBe(0);
  expect(pauseAfter(3, () => 0.5)).toBe(2000);
});

test.each([
  ['3', 3000],
  ['0', 0],
  ['99999', 99_999_000],
  ['Sun, 22 Nov 2026 12:00:07 GMT', 7000],
  ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
  ['-3', undefined],
  ['3.5', undefined],
  ['soon', undefined],
  ['Sun, garbage', undefined],
  ['', undefined],
  [undefined, undefined],
  ['1e3', undefined],
  ['9'.repeat(400), undefined],
])('Retry-After: %s', (value, expected) => {
  expect(retryAfter(value, NOW)).toBe(expected);
});

test('whatever a server says, a pause is a number from 0', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const wait = retryAfter(value, NOW) ?? 0;
      expect(wait >= 0 && Number.isFinite(wait)).toBe(true);
    }),
  );
});

test('a budget is used up, and answers give back half', () => {
  const budget = retryBudget();
  const taken = () => Array.from({ length: 30 }, () => budget.take()).filter(Boolean).length;
  expect(taken()).toBe(20);
  for (let answers = 0; answers < 4; answers++) budget.give();
  expect(taken()).toBe(2);
  for (let answers = 0; answers < 400; answers++) budget.give();
  expect(taken()).toBe(20);
});
