import { expect, test } from 'vitest';
import { type Figure, isMet, table } from './figures.ts';

const figure = (median: number, limits: Partial<Figure> = {}): Figure => ({
  name: 'speed',
  unit: '×',
  spread: { median, min: 0.5, max: 2 },
  ...limits,
});

test.each([
  [0.9, { atLeast: 0.9 }, true],
  [0.89, { atLeast: 0.9 }, false],
  [0.95, { atMost: 0.95 }, true],
  [0.96, { atMost: 0.95 }, false],
  [Number.NaN, { atMost: 0.95 }, false],
  [1, {}, undefined],
])('%d against %j', (median, limits, met) => {
  expect(isMet(figure(median, limits))).toBe(met);
});

test('figures stand below each other with their targets', () => {
  expect(
    table([
      figure(0.956, { atLeast: 0.9 }),
      figure(1.5, { name: 'time over peers', atMost: 0.95 }),
      figure(62.4, { name: 'memory', unit: 'MB' }),
    ]),
  ).toBe(
    [
      '                 median    min–max  target',
      'speed            0.96 ×  0.50–2.00  ≥ 0.90     met',
      'time over peers  1.50 ×  0.50–2.00  ≤ 0.95  MISSED',
      'memory            62 MB        1–2',
    ].join('\n'),
  );
});
