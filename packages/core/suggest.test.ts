import { expect, test } from 'vitest';
import { nearest } from './suggest.ts';

const KNOWN = ['gates', 'evaluations', 'registry', 'allow-extra', 'expect-version'];

test.each([
  ['gate', 'gates'],
  ['Gates', 'gates'],
  ['gaets', 'gates'],
  ['evaluation', 'evaluations'],
  ['allow_extra', 'allow-extra'],
  ['ALLOWEXTRA', 'allow-extra'],
  ['expected-version', 'expect-version'],
])('%s probably means %s', (word, meant) => {
  expect(nearest(word, KNOWN)).toBe(meant);
});

test.each(['x', 'tolerance', 'path', '', 'g'.repeat(100)])('%j is near nothing', (word) => {
  expect(nearest(word, KNOWN)).toBeUndefined();
});

test('the nearest of several wins', () => {
  expect(nearest('stage', ['stages', 'staging', 'stage-id'])).toBe('stages');
});
