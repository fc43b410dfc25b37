import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Source } from './source.ts';

const excerpt = (text: string, offset: number) => new Source(text, 'f').excerpt(offset);

test.each([
  ['a: b', 3, ['a: b', '   ^']],
  ['a: b', 4, ['a: b', '    ^']],
  ['', 0, ['', '^']],
  ['a\nb: c\nd', 5, ['b: c', '   ^']],
  ['a\r\nb\r\n', 3, ['b', '^']],
  ['\tb: c', 1, ['    b: c', '    ^']],
  ['漢字: c', 4, ['漢字: c', '      ^']],
  ['🎉: c', 4, ['🎉: c', '    ^']],
  ['e\u0301: c', 4, ['e\u0301: c', '   ^']],
  ['a\u202eb: c', 4, ['a\\u{202e}b: c', '           ^']],
  ['a\u0000\u001b[31mb', 2, ['a\\u{0}\\u{1b}[31mb', '      ^']],
  ['a\u200b\u00a0\ud800b', 4, ['a\\u{200b}\\u{a0}\\u{d800}b', `${' '.repeat(23)}^`]],
])('the caret in %j at %i', (text, offset, lines) => {
  expect(excerpt(text, offset)).toBe(lines.join('\n'));
});

test('a long line is cut around the caret', () => {
  const lines = excerpt(`${'a'.repeat(1e6)}X${'b'.repeat(1e6)}`, 1e6).split('\n');
  expect(lines).toEqual([`…${'a'.repeat(60)}X${'b'.repeat(59)}…`, `${' '.repeat(61)}^`]);
});

test.each([
  ['registry: https://user:p@ss@host/x', 'registry: https://*********@host/x'],
  ['registry: https://token@host/x', 'registry: https://*****@host/x'],
  ['registry: user:pass@host', 'registry: *********@host'],
])('the password in %j is starred out', (text, shown) => {
  expect(excerpt(text, 0).split('\n')[0]).toBe(shown);
});

test('a password is starred out where its start is not shown', () => {
  expect(excerpt(`x: https://user:${'p'.repeat(100)}@host`, 120)).not.toContain('p');
});

test.each([
  ['ab\ncd\r\nef', 0, 1, 1],
  ['ab\ncd\r\nef', 2, 1, 3],
  ['ab\ncd\r\nef', 3, 2, 1],
  ['ab\ncd\r\nef', 9, 3, 3],
  ['', 0, 1, 1],
  ['\n', 1, 2, 1],
])('%j at %i is in line %i, column %i', (text, offset, line, column) => {
  expect(new Source(text, 'f').place(offset)).toEqual({ file: 'f', line, column });
});

test('an excerpt is always two lines that anybody can print', () => {
  const hostile = fc.string({ unit: 'binary', maxLength: 300 });
  fc.assert(
    fc.property(hostile, fc.nat(300), (text, at) => {
      const lines = excerpt(text, Math.min(at, text.length)).split('\n');
      expect(lines).toHaveLength(2);
      expect(lines[0]).not.toMatch(/[\p{C}\u2028\u2029]/u);
      expect(lines[1]).toMatch(/^ *\^$/);
    }),
  );
});
