import { expect, test } from 'vitest';
import { hasStamp, STAMP, stampOf } from './stamp.ts';

const of = (keys: string[], data: [string, string | undefined][], version = '1.4.0') =>
  stampOf({ keys }, new Map(data), { version });

const config = (keys: string[], data: [string, string | undefined][]) =>
  of(keys, data).get(STAMP.config);

const BOTH: [string, string][] = [
  ['current', '3'],
  ['canary', ''],
];

test('the stamp names the version and the values that are read', () => {
  expect(of(['current'], BOTH).get(STAMP.version)).toBe('1.4.0');
  expect(config(['current'], BOTH)).toBe(
    // Of `[["current","3"]]`.
    'sha256:ad1bfb7d83f6a501203522d12e2f5c4a2cf97e5aef0967962aed682e846dbdb7',
  );
});

test('order does not matter, and neither does what is not read', () => {
  const digest = config(['current', 'canary'], BOTH);
  expect(config(['canary', 'current'], BOTH.toReversed())).toBe(digest);
  expect(config(['current'], BOTH)).toBe(config(['current'], [...BOTH, ['url', 'x']]));
});

test('a key that is not there is not one that is empty', () => {
  expect(config(['canary'], BOTH)).not.toBe(config(['canary'], []));
  expect(config(['canary'], [['canary', undefined]])).toBe(config(['canary'], []));
});

test('an annotation that is not to be there must be away', () => {
  const stamp = new Map([
    ['a', '1'],
    ['b', undefined],
  ]);
  expect(hasStamp(new Map([['a', '1']]), stamp)).toBe(true);
  expect(
    hasStamp(
      new Map([
        ['a', '1'],
        ['b', ''],
      ]),
      stamp,
    ),
  ).toBe(false);
  expect(hasStamp(new Map(), stamp)).toBe(false);
});
