import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { likeness } from './like.ts';

const { is_like: isLike, is_alike: isAlike } = likeness;

test.each([
  ['', '', true],
  ['', '%', true],
  ['', '_', false],
  ['abc', 'abc', true],
  ['abc', 'ab', false],
  ['abc', 'a%', true],
  ['abc', '%c', true],
  ['abc', '%b%', true],
  ['abc', 'a_c', true],
  ['abc', '____', false],
  ['aXbXc', 'a%X%c', true],
  ['a%c', 'a%c', true],
  ['\u{1f600}', '_', true],
  ['ABC', 'abc', false],
])('%j is like %j: %j', (text, pattern, expected) => {
  expect(isLike(text, pattern)).toBe(expected);
});

test('without case for the letters A to Z only', () => {
  expect(isAlike('AbC', 'aB_')).toBe(true);
  expect(isAlike('É', 'é')).toBe(false);
});

const TEXT = fc.string({ unit: fc.constantFrom('a', 'b', '%', '_', '\u{1f600}'), maxLength: 12 });

describe('as a regular expression says it', () => {
  const plain = (sign: string) => (sign === '%' ? '.*' : sign === '_' ? '.' : sign);

  test('for any text and pattern', () => {
    fc.assert(
      fc.property(TEXT, TEXT, (text, pattern) => {
        const expression = new RegExp(`^${[...pattern].map(plain).join('')}$`, 'su');
        expect(isLike(text, pattern)).toBe(expression.test(text));
      }),
    );
  });
});

test('many wildcards end soon', () => {
  expect(isLike('a'.repeat(10_000), `${'%a'.repeat(500)}%b`)).toBe(false);
});
