import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { InputError } from '../errors.ts';
import { said } from './gate.fixture.ts';
import { readGates } from './read.ts';

const PIECES = [
  'a',
  'b.c',
  'champion',
  'metrics',
  'slice',
  '["x"]',
  '[',
  ']',
  '(',
  ')',
  '.',
  ',',
  '"',
  "'",
  '\\',
  '<',
  '<=',
  '>',
  '>=',
  '==',
  '!=',
  '=',
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '&&',
  '||',
  '!',
  '?',
  ':',
  '{',
  '}',
  '#',
  '1',
  '0.5',
  '1e9',
  '1e999',
  '0x1',
  '1u',
  ' ',
  'abs(',
  'max(',
  'in',
  'true',
  'null',
  'for',
  'has(',
  '.map(',
  'r"',
  'b"',
  '"""',
  'é',
  '\u00a0',
  '\n',
  '\ud800',
  '🎉',
  'user:pass@host',
];

test('whatever is written is read or refused, with a caret and a way out', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(' ')),
  );
  await fc.assert(
    fc.asyncProperty(text, async (one) => {
      try {
        const [gate] = await readGates([said(one)]);
        expect(gate?.candidate.length).toBeGreaterThan(0);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        for (const { message, hint, excerpt } of error.problems) {
          expect(message).not.toMatch(/[\p{C}\u2028\u2029]/u);
          expect(hint).toMatch(/\S/);
          expect(hint).not.toMatch(/[\p{C}\u2028\u2029]/u);
          expect(excerpt).toMatch(/\n *\^$/);
        }
      }
    }),
    rounds(20_000),
  );
});
