import { expect, test } from 'vitest';
import { AGE, ageOf, ageText } from './age.ts';

test.each([
  ['1h', 3_600_000, '1h'],
  ['24h', 86_400_000, '1d'],
  ['36h', 129_600_000, '36h'],
  ['30d', 2_592_000_000, '30d'],
  ['9999d', 863_913_600_000, '9999d'],
])('%s is %i milliseconds', (text, milliseconds, shown) => {
  expect(text).toMatch(AGE);
  expect([ageOf(text), ageText(milliseconds)]).toEqual([milliseconds, shown]);
});

test.each(['', '0d', '30', 'd', '30D', '1.5d', '-1d', '030d', '10000d', '30 d', '30m', '30d\n'])(
  '%j is no age',
  (text) => {
    expect(text).not.toMatch(AGE);
  },
);
