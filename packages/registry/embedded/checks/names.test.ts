import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { checkAlias, checkKey, checkModelName, checkUnreserved, versionNumber } from './names.ts';

test.each(['m', 'a b', 'é%+&', '.hidden', 'a..b', "it's"])('%j names a model', (name) => {
  expect(() => checkModelName(name)).not.toThrow();
});

test.each(['', ' ', '.', '..', 'a/b', 'a:b'])('%j names no model', (name) => {
  expect(() => checkModelName(name)).toThrow(Refusal);
});

test.each(['k', 'a/b', 'a.b-c_d e:f', 'é', '日本'])('%j is a key', (key) => {
  expect(() => checkKey(key)).not.toThrow();
});

test.each(['', '.', '..', '/a', 'a/', 'a//b', 'a/./b', 'a/../b', 'a#b', 'a\nb', 'k'.repeat(251)])(
  '%j is no key',
  (key) => {
    expect(() => checkKey(key)).toThrow(Refusal);
  },
);

test.each(['champion', 'a-b_1', 'Über'])('%j is an alias', (alias) => {
  expect(() => checkAlias(alias)).not.toThrow();
});

test.each(['a b', 'a.b', 'a/b', 'a'.repeat(256)])('%j is no alias', (alias) => {
  expect(() => checkAlias(alias)).toThrow(Refusal);
});

test.each(['latest', 'LATEST', 'v1', 'V22'])('%j is reserved', (alias) => {
  expect(() => checkUnreserved(alias)).toThrow(Refusal);
});

test.each([
  ['7', 7],
  ['07', 7],
  [' 7 ', 7],
])('%j is version %i', (text, number) => {
  expect(versionNumber(text)).toBe(number);
});

test.each(['', 'x', '1.5', '1e3', '0x1', 'latest'])('%j is no version', (text) => {
  expect(() => versionNumber(text)).toThrow(Refusal);
});

test('whatever comes, it is taken or refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const check of [checkModelName, checkKey, checkAlias, checkUnreserved, versionNumber]) {
        try {
          check(text);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }
    }),
  );
});
