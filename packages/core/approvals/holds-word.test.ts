import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { holdsWord } from './holds-word.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}`;
const ADDRESS = 's3://models/gpt/7';

test.each([
  [DIGEST, DIGEST],
  [`gpt: ${DIGEST}\nother: x`, DIGEST],
  [`{"root":"${DIGEST}"}`, DIGEST],
  [`{root: ${DIGEST}, more: 1}`, DIGEST],
  [`[${DIGEST},${DIGEST}]`, DIGEST],
  [`model@${DIGEST}`, DIGEST],
  [`digest=${DIGEST}`, DIGEST],
  [`This is ${DIGEST}. And so on.`, DIGEST],
  [`(“${DIGEST}”)`, DIGEST],
  [`| \`${DIGEST}\` |`, DIGEST],
  [`${DIGEST}0a ${DIGEST}`, DIGEST],
  [`source: ${ADDRESS}\r\n`, ADDRESS],
  [`see ${ADDRESS}: new`, ADDRESS],
  ['\ufeffmodels:/m/1', 'models:/m/1'],
])('%j holds %s', (text, word) => {
  expect(holdsWord(text, word)).toBe(true);
});

test.each([
  ['', DIGEST],
  ['x', ''],
  ['', ''],
  [`${DIGEST}0`, DIGEST],
  [`0${DIGEST}`, DIGEST],
  [`x-${DIGEST}`, DIGEST],
  [`é${DIGEST}`, DIGEST],
  [`${DIGEST}é`, DIGEST],
  [`${DIGEST}𝒳`, DIGEST],
  [`𝒳${DIGEST}`, DIGEST],
  [`${DIGEST}\u0301`, DIGEST],
  [`${DIGEST}-old`, DIGEST],
  [`${DIGEST}.json`, DIGEST],
  [DIGEST.toUpperCase(), DIGEST],
  [DIGEST.slice('sha256:'.length), DIGEST],
  [`${ADDRESS}0`, ADDRESS],
  [`${ADDRESS}/old`, ADDRESS],
  [`${ADDRESS}?version=1`, ADDRESS],
  [`my${ADDRESS}`, ADDRESS],
  [`file:/${ADDRESS}`, ADDRESS],
  [`${ADDRESS}%20`, ADDRESS],
])('%j does not hold %s', (text, word) => {
  expect(holdsWord(text, word)).toBe(false);
});

test('a word is found between lines of anything, and in no longer word', () => {
  const anything = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(anything, anything, (before, after) => {
      expect(holdsWord(`${before}\n${DIGEST}\n${after}`, DIGEST)).toBe(true);
      if (!`${before}${after}`.includes(DIGEST)) {
        expect(holdsWord(`${before}f${DIGEST}${after}`, DIGEST)).toBe(false);
        expect(holdsWord(`${before}${DIGEST}f${after}`, DIGEST)).toBe(false);
      }
    }),
    rounds(2000),
  );
});
