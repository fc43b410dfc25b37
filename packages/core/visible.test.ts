import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visible, visibleLines } from './visible.ts';

test.each([
  ['plain text, ünïcode and 漢字 ✅', 'plain text, ünïcode and 漢字 ✅'],
  ['a\u001b[31mb', 'a\\u{1b}[31mb'],
  ['a\u202Eb', 'a\\u{202e}b'],
  ['zero\u200Bwidth', 'zero\\u{200b}width'],
  ['a\ud800', 'a\\u{d800}'],
  ['a\nb', 'a\\u{a}b'],
  ['\u{E0041}', '\\u{e0041}'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('lines are split as a terminal or a runner would split them', () => {
  expect(visibleLines('a\nb\rc\r\nd\u2028e\tf')).toEqual(['a', 'b', 'c', 'd', 'e  f']);
});

test('whatever comes in, what goes out is one visible line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visible(text)).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]*$/u);
      expect(visible(visible(text))).toBe(visible(text));
    }),
  );
});
