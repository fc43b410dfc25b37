import { expect, test } from 'vitest';
import { isCommit } from './commit.ts';

test.each([
  ['a'.repeat(40), true],
  ['0123456789abcdef'.repeat(4), true],
  ['a'.repeat(39), false],
  ['A'.repeat(40), false],
  [`${'a'.repeat(40)}\n`, false],
  ['main', false],
])('%j is a commit: %s', (text, is) => {
  expect(isCommit(text)).toBe(is);
});
