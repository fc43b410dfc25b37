import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { endOf, hasEnded, UNTIL, untilProblem } from './until.ts';

test.each([
  ['2026-12-31', '2027-01-01T00:00:00.000Z'],
  ['2026-02-28', '2026-03-01T00:00:00.000Z'],
  ['2028-02-28', '2028-02-29T00:00:00.000Z'],
  ['2028-02-29', '2028-03-01T00:00:00.000Z'],
  ['2000-02-29', '2000-03-01T00:00:00.000Z'],
  ['9999-12-31', '+010000-01-01T00:00:00.000Z'],
  ['0001-01-01', '0001-01-02T00:00:00.000Z'],
  ['2026-12-31T12:00:00Z', '2026-12-31T12:00:00.000Z'],
  ['2026-12-31T12:30Z', '2026-12-31T12:30:00.000Z'],
  ['2026-12-31T00:00:00Z', '2026-12-31T00:00:00.000Z'],
  ['2026-12-31T23:59:59Z', '2026-12-31T23:59:59.000Z'],
])('%s ends at %s, and lasts to the millisecond before', (until, end) => {
  const at = Date.parse(end);
  expect(endOf(until)).toBe(at);
  expect([at - 1, at, at + 1].map((now) => hasEnded(until, now))).toEqual([false, true, true]);
  expect(untilProblem(until)).toBeUndefined();
});

test.each([
  ...['2026-02-29', '2100-02-29', '2026-02-30', '2026-04-31', '2026-06-31T10:00:00Z'],
  ...['2026-13-01', '2026-00-10', '2026-01-00', '2026-01-32'],
])('no calendar has %s', (until) => {
  expect(until).toMatch(UNTIL);
  expect(untilProblem(until)).toMatch(/a day that no calendar has/);
  expect([endOf(until), hasEnded(until, 0)]).toEqual([Number.NaN, true]);
});

test.each([
  ...['', 'tomorrow', '2026', '2026-12', '26-12-31', '2026-1-1', '2026/12/31', '20261231'],
  ...['2026-12-31T12:00:00', '2026-12-31T12:00:00+01:00', '2026-12-31T12:00:00z', '2026-12-31Z'],
  ...['2026-12-31T24:00:00Z', '2026-12-31T12:60Z', '2026-12-31T12:00:60Z', '2026-12-31T12Z'],
  ...['2026-12-31 12:00:00Z', ' 2026-12-31', '2026-12-31\n', '+002026-12-31', '２026-12-31'],
])('%j is no end, and what it ends has ended', (until) => {
  expect(until).not.toMatch(UNTIL);
  expect([endOf(until), hasEnded(until, 0)]).toEqual([Number.NaN, true]);
});

test('what has no moment has ended', () => {
  expect(hasEnded('2026-12-31', Number.NaN)).toBe(true);
});

test('whatever the text, it has ended for good once it has', () => {
  const day = fc
    .tuple(fc.integer({ min: 0, max: 9999 }), fc.nat(13), fc.nat(32))
    .map(([year, ...rest]) =>
      [String(year).padStart(4, '0'), ...rest.map((part) => String(part).padStart(2, '0'))].join(
        '-',
      ),
    );
  const text = fc.oneof(
    fc.string(),
    day,
    fc.tuple(day, fc.string()).map(([a, b]) => `${a}T${b}Z`),
  );
  const property = fc.property(text, fc.integer(), fc.nat(), (until, now, later) => {
    if (hasEnded(until, now)) expect(hasEnded(until, now + later)).toBe(true);
    expect(Number.isNaN(endOf(until))).toBe(
      !UNTIL.test(until) || untilProblem(until) !== undefined,
    );
  });
  fc.assert(property, rounds(2000));
});
