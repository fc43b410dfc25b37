import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import {
  bumped,
  compareSemantic,
  formatSemantic,
  levelBetween,
  parseSemantic,
  type SemanticVersion,
} from './semantic.ts';

function version(text: string): SemanticVersion {
  const parsed = parseSemantic(text);
  if ('refused' in parsed) throw new Error(`${text} ${parsed.refused}`);
  return parsed;
}

test.each([
  ['v1.2.0', 'v1.2.0'],
  ['1.2.0', 'v1.2.0'],
  ['0.0.0', 'v0.0.0'],
  ['v999999999.0.10', 'v999999999.0.10'],
  ['1.0.0-rc.1', 'v1.0.0-rc.1'],
  ['v1.0.0-x-y.0.0a.-', 'v1.0.0-x-y.0.0a.-'],
])('%s is %s', (text, canonical) => {
  expect(formatSemantic(version(text))).toBe(canonical);
});

test.each([
  ['', /three numbers/],
  ['v', /three numbers/],
  ['v1', /three numbers/],
  ['v1.2', /three numbers/],
  ['1.2.3.4', /three numbers/],
  ['vv1.2.3', /digits alone as its major number/],
  ['V1.2.3', /capital `V`/],
  ['v1..3', /digits alone as its minor/],
  ['v1.2.x', /digits alone as its patch/],
  ['v01.2.3', /leading zero in its major number/],
  ['v1.00.3', /leading zero in its minor number/],
  ['v1.2.1234567890', /more than 9 digits in its patch/],
  ['v1.2.3-', /empty part/],
  ['v1.2.3-a..b', /empty part/],
  ['v1.2.3-01', /leading zero in a number of its pre-release/],
  ['v1.2.3-1234567890', /more than 9 digits in a number/],
  ['v1.2.3-ä', /another character/],
  ['v1.2.3-a b', /another character/],
  ['v1.2.3\n', /digits alone as its patch/],
  ['v١.2.3', /digits alone as its major/],
  [' v1.2.3', /digits alone as its major/],
  ['v1.2.3+build.5', /build metadata/],
  [`v1.2.3-${'a'.repeat(100)}`, /more than 100 characters/],
])('%j is refused', (text, problem) => {
  expect(parseSemantic(text)).toEqual({ refused: expect.stringMatching(problem) });
});

/** From the specification, 11. */
const IN_ORDER = [
  '0.9.9',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.0.1',
  '1.9.0',
  '1.10.0-1',
  '1.10.0-A',
  '1.10.0-a',
  '1.10.0',
  '2.0.0',
  '2.1.0',
  '2.1.1',
  '10.0.0',
];

test('they come in the order of the specification', () => {
  for (const [index, text] of IN_ORDER.entries()) {
    for (const [other, otherText] of IN_ORDER.entries()) {
      const order = compareSemantic(version(text), version(otherText));
      expect([text, otherText, Math.sign(order)]).toEqual([
        text,
        otherText,
        Math.sign(index - other),
      ]);
    }
  }
});

test.each([
  ['v1.2.3', 'v2.0.0', 'v1.3.0', 'v1.2.4'],
  ['v0.0.0', 'v1.0.0', 'v0.1.0', 'v0.0.1'],
  ['v2.0.0-rc.1', 'v2.0.0', 'v2.0.0', 'v2.0.0'],
  ['v1.3.0-rc.1', 'v2.0.0', 'v1.3.0', 'v1.3.0'],
  ['v1.2.4-rc.1', 'v2.0.0', 'v1.3.0', 'v1.2.4'],
])('after %s come %s, %s, %s', (text, ...next) => {
  const from = version(text);
  const levels = ['major', 'minor', 'patch'] as const;
  expect(levels.map((level) => formatSemantic(bumped(from, level)))).toEqual(next);
});

test.each([
  ['v1.2.3', 'v2.2.3', 'major'],
  ['v1.2.3', 'v1.0.0', 'minor'],
  ['v1.2.3', 'v1.2.4', 'patch'],
  ['v1.2.3', 'v1.2.3-rc.1', undefined],
])('%s and %s differ first in %s', (a, b, level) => {
  expect(levelBetween(version(a), version(b))).toBe(level);
});

const number = fc.nat(20);
const identifier = fc.oneof(number.map(String), fc.stringMatching(/^[A-Za-z-][0-9A-Za-z-]{0,3}$/));
const semantic = fc.record({
  major: number,
  minor: number,
  patch: number,
  prerelease: fc.array(identifier, { maxLength: 3 }),
});

test('what is written is read as the same', () => {
  fc.assert(
    fc.property(semantic, (one) => {
      expect(parseSemantic(formatSemantic(one))).toEqual(one);
    }),
  );
});

test('the order is one, and equal only what is the same', () => {
  fc.assert(
    fc.property(semantic, semantic, semantic, (a, b, c) => {
      expect(Math.sign(compareSemantic(a, b)) + Math.sign(compareSemantic(b, a))).toBe(0);
      expect(compareSemantic(a, b) === 0).toBe(formatSemantic(a) === formatSemantic(b));
      const [low, middle, high] = [a, b, c].sort(compareSemantic);
      if (low && middle && high) expect(compareSemantic(low, high)).toBeLessThanOrEqual(0);
      for (const level of ['major', 'minor', 'patch'] as const) {
        expect(compareSemantic(bumped(a, level), a)).toBeGreaterThan(0);
      }
    }),
    rounds(2000),
  );
});

test('any text is read or refused, and what is read has one spelling', () => {
  const likely = fc.stringMatching(/^v?[0-9.]{1,8}(-[0-9a-z.]{0,6})?$/);
  fc.assert(
    fc.property(fc.oneof(likely, fc.string({ unit: 'binary' })), (text) => {
      const parsed = parseSemantic(text);
      if ('refused' in parsed) return;
      expect(formatSemantic(parsed).slice(1)).toBe(text.replace(/^v/, ''));
    }),
    rounds(5000),
  );
});
