import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../../test/rounds.ts';
import { referencesIn } from './references.ts';

test.each<[string, string[]]>([
  ['$(A)$(B)', ['A', 'B']],
  ['$$(A)', []],
  ['$$$(A)', ['A']],
  ['$A $ {A} $(A', []],
  ['$($(A)', ['$(A']],
  ['a$', []],
  ['$()', ['']],
])('in %s', (text, names) => {
  expect(referencesIn(text)).toEqual(names);
});

test('what is escaped is never a reference, whatever stands there', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('$', '(', ')', 'A') }), (text) => {
      expect(referencesIn(text.replaceAll('$', '$$$$'))).toEqual([]);
    }),
    rounds(200),
  );
});
