import { expect, test } from 'vitest';
import { amount, bytes, duration, plural } from './quantity.ts';
import { rateOf } from './rate.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_949, '1.0 MB'],
  [1_234_567, '1.2 MB'],
  [14_200_000_000, '14.2 GB'],
  [150_000_000_000, '150 GB'],
])('%i bytes are %s', (value, text) => {
  expect(bytes(value)).toBe(text);
});

test.each([
  [400, '0.4 s'],
  [9_960, '10 s'],
  [59_400, '59 s'],
  [185_000, '3 min 5 s'],
  [7_800_000, '2 h 10 min'],
])('%i ms are %s', (value, text) => {
  expect(duration(value)).toBe(text);
});

test('counts', () => {
  expect(plural(1, 'file')).toBe('1 file');
  expect(plural(1234, 'file')).toBe('1,234 files');
  expect(plural(2, 'entry', 'entries')).toBe('2 entries');
  expect(amount(1, 'files')).toBe('1 file');
});

test.each([
  [{ done: 0, total: 10, unit: 'files', milliseconds: 0 }, '0 files of 10 files (0 %), 0 files/s'],
  [
    { done: 5, total: 10, unit: 'files', milliseconds: 1000 },
    '5 files of 10 files (50 %), 5 files/s, 1.0 s left',
  ],
  [{ done: 0, total: 0, unit: 'bytes', milliseconds: 10 }, '0 B of 0 B (100 %), 0 B/s'],
] as const)('%j', (pace, text) => {
  expect(rateOf(pace)).toBe(text);
});
