import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commitProblem, nextOfCommit } from './commit.ts';
import { readIdentifier, SCHEMES, type Scheme } from './identifier.ts';
import { byNumber } from './registry-number.ts';
import { nextAtTime, timestampProblem } from './timestamp.ts';

const COMMIT = 'ABC123f0123456789012345678901234567890ab';

test.each<[string, Scheme, string]>([
  ['1.2.0', 'semantic', 'v1.2.0'],
  ['v1.2.0-rc.1', 'semantic', 'v1.2.0-rc.1'],
  ['abc123f', 'commit', 'abc123f'],
  ['1234567', 'commit', '1234567'],
  ['abc123f-2', 'commit', 'abc123f-2'],
  ['abc123f-999999', 'commit', 'abc123f-999999'],
  ['2024-11-05-14-30-00', 'timestamp', '2024-11-05-14-30-00'],
  ['2024-02-29-23-59-59', 'timestamp', '2024-02-29-23-59-59'],
])('%s is a %s identifier', (text, scheme, identifier) => {
  expect(readIdentifier(text, scheme)).toEqual({ identifier });
});

test.each<[string, Scheme, RegExp]>([
  ['1.2', 'semantic', /three numbers/],
  ['abc123', 'commit', /7 hexadecimal digits/],
  ['abc123f0', 'commit', /7 hexadecimal digits/],
  ['ABC123F', 'commit', /small letters/],
  ['abc123f-1', 'commit', /`-2`/],
  ['abc123f-02', 'commit', /`-2`/],
  ['abc123f-', 'commit', /`-2`/],
  ['abc123f\n', 'commit', /7 hexadecimal/],
  ['2024-11-05', 'timestamp', /a time in UTC/],
  ['2024-11-05T14:30:00', 'timestamp', /a time in UTC/],
  ['2023-02-29-00-00-00', 'timestamp', /no calendar or clock/],
  ['2024-13-01-00-00-00', 'timestamp', /no calendar or clock/],
  ['2024-11-05-24-00-00', 'timestamp', /no calendar or clock/],
  ['2024-11-05-14-60-00', 'timestamp', /no calendar or clock/],
  ['٢٠٢٤-11-05-14-30-00', 'timestamp', /a time in UTC/],
])('%j is no %s identifier', (text, scheme, refused) => {
  expect(readIdentifier(text, scheme)).toEqual({ refused: expect.stringMatching(refused) });
});

test.each([
  [[], 'abc123f'],
  [['v1.2.0', 'abc1230'], 'abc123f'],
  [['abc123f'], 'abc123f-2'],
  [['abc123f', 'abc123f-2', 'abc123f-10'], 'abc123f-11'],
  [['abc123f-3'], 'abc123f-4'],
  [['abc123f-x'], 'abc123f'],
])('with %j taken, the next of the commit is %s', (taken, next) => {
  expect(nextOfCommit(COMMIT, taken)).toBe(next);
});

test.each([
  [[], '2024-11-05-14-30-00'],
  [['2024-11-05-14-30-00'], '2024-11-05-14-30-01'],
  [['2024-11-05-14-30-00', '2024-11-05-14-30-01', '2024-11-05-14-30-03'], '2024-11-05-14-30-02'],
])('with %j taken, the next at half past two is %s', (taken, next) => {
  expect(nextAtTime(Date.UTC(2024, 10, 5, 14, 30, 0, 999), taken)).toBe(next);
});

test('whatever is made is well formed and not taken', () => {
  const hex = fc.stringMatching(/^[0-9a-f]{40}$/);
  fc.assert(
    fc.property(hex, fc.nat(4_000_000_000), fc.nat(5), (commit, at, count) => {
      const taken: string[] = [];
      for (let index = 0; index <= count; index++) {
        const [ofCommit, atTime] = [nextOfCommit(commit, taken), nextAtTime(at * 1000, taken)];
        expect([commitProblem(ofCommit), timestampProblem(atTime)]).toEqual([undefined, undefined]);
        expect(taken.includes(ofCommit) || taken.includes(atTime)).toBe(false);
        taken.push(ofCommit, atTime);
      }
    }),
  );
});

test('no text is an identifier of two schemes', () => {
  const texts = fc.oneof(fc.stringMatching(/^[v0-9a-f.-]{5,20}$/), fc.string());
  fc.assert(
    fc.property(texts, (text) => {
      const fitting = SCHEMES.filter((scheme) => 'identifier' in readIdentifier(text, scheme));
      expect(fitting.length).toBeLessThanOrEqual(1);
    }),
  );
});

test.each([
  [
    ['10', '9', '2', '1'],
    ['1', '2', '9', '10'],
  ],
  [
    ['99999999999999999999', '99999999999999999998'],
    ['99999999999999999998', '99999999999999999999'],
  ],
  [
    ['1.10.0', '1.9.0', '1.9.0-rc.1'],
    ['1.9.0-rc.1', '1.9.0', '1.10.0'],
  ],
  [
    ['b', 'a', 'a'],
    ['a', 'a', 'b'],
  ],
])('%j in order is %j', (numbers, sorted) => {
  expect(numbers.toSorted(byNumber)).toEqual(sorted);
});
