import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { apart, numberText } from './number-text.ts';

test.each([
  [0, '0'],
  [-0, '0'],
  [0.85, '0.85'],
  [-0.85, '-0.85'],
  [1, '1'],
  [0.1 + 0.2, '0.3'],
  [0.85 - 0.8312, '0.0188'],
  [2 / 3, '0.666667'],
  [123.456789, '123.457'],
  [1234567, '1234567'],
  [1234567.8, '1234568'],
  [999999.96, '1000000'],
  [0.000001, '0.000001'],
  [0.0000012345678, '0.00000123457'],
  [1e-7, '1e-7'],
  [1.23456789e-9, '1.23457e-9'],
  [123456789012345, '123456789012345'],
  [1e15, '1e+15'],
  [1.23456789e20, '1.23457e+20'],
  [5e-324, '5e-324'],
  [Number.MAX_VALUE, '1.79769e+308'],
  [Number.NaN, 'NaN'],
  [-Infinity, '-Infinity'],
])('%d is %s', (value, text) => {
  expect(numberText(value)).toBe(text);
});

test.each([
  [0.84999999, 0.85, '0.84999999', '0.85'],
  [0.1 + 0.2, 0.3, '0.30000000000000004', '0.3'],
  [0.8312, 0.85, '0.8312', '0.85'],
  [0.85, 0.85, '0.85', '0.85'],
  [1e-9 + 1e-20, 1e-9, '1.00000000001e-9', '1e-9'],
])('%d beside %d', (one, other, shown, against) => {
  expect(apart(one, other)).toEqual([shown, against]);
});

test('two numbers read alike only if they are the same', () => {
  const near = fc
    .tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -8, max: 8 }))
    .map(([value, ulps]) => [value, value * (1 + ulps * Number.EPSILON)] as const);
  const any = fc.tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true }));
  fc.assert(
    fc.property(fc.oneof(near, any), ([one, other]) => {
      const [shown, against] = apart(one, other);
      expect(shown === against).toBe(one === other);
      if (one !== other) expect(Number(shown) < Number(against)).toBe(one < other);
    }),
    rounds(20_000),
  );
});

test('a text is the number, to six digits', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const read = Number(numberText(value));
      expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.abs(value) * 5e-6 + Number.MIN_VALUE);
    }),
    rounds(20_000),
  );
});
