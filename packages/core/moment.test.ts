import { expect, test } from 'vitest';
import { instant, moment, momentText } from './moment.ts';

const AT = Date.UTC(2026, 10, 28, 15, 4, 5);

test('a moment is told in UTC, as closely as it is asked for', () => {
  expect(instant(AT)).toBe('2026-11-28T15:04:05.000Z');
  expect(moment(AT)).toBe('2026-11-28 15:04');
  expect(momentText(AT)).toBe('2026-11-28 15:04 UTC');
  expect(momentText(AT, 'seconds')).toBe('2026-11-28 15:04:05 UTC');
});

test.each([8.64e15 + 1, -1e300, Number.POSITIVE_INFINITY, Number.NaN])(
  'what a registry calls a time and is none stops nobody: %d',
  (milliseconds) => {
    expect(instant(milliseconds)).toBe('');
    expect(momentText(milliseconds, 'seconds')).toBe('an unknown time UTC');
  },
);
