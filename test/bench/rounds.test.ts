import { expect, test } from 'vitest';
import { inRounds, ratioOf, spreadOf } from './rounds.ts';

test('everybody runs in every round, in both orders, and the first is not counted', async () => {
  let calls = '';
  const counting = (name: string) => () => {
    calls += name;
    return calls.length;
  };
  const results = await inRounds(2, { a: counting('a'), b: counting('b'), c: counting('c') });
  expect(calls).toBe('abccbaabc');
  expect(results).toEqual({ a: [6, 7], b: [5, 8], c: [4, 9] });
});

test('the spread of an odd and an even number of values, and of none', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  expect(spreadOf([4, 1, 2, 30])).toEqual({ median: 3, min: 1, max: 30 });
  expect(spreadOf([])).toEqual({ median: Number.NaN, min: Number.NaN, max: Number.NaN });
});

test('a ratio compares what ran in the same round', () => {
  expect(ratioOf([2, 20, 200], [1, 10, 50])).toEqual({ median: 2, min: 2, max: 4 });
});
