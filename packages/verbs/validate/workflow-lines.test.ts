import { InputError } from '@passmuster/core/errors.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { workflowPlaces } from './workflow-lines.ts';

const FILE = '.github/workflows/gate.yml';

const placesIn = (text: string | Uint8Array | undefined) => {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return workflowPlaces({ files: { read: async () => bytes }, workflowFile: FILE });
};

const GATE = 'accuracy >= 0.9';

test.each([
  ['in a block', `with:\n  gates: |\n    loss < 1\n    ${GATE}\n`, 4, 5],
  ['with a comment', `gates: |\n  ${GATE}   # promised\n`, 2, 3],
  ['that warns', `gates: |\n  warn: ${GATE}\n`, 2, 9],
  ['that warns, with space', `gates: |\n  warn : ${GATE}\n`, 2, 10],
  ['after its key', `  gates: ${GATE}\n`, 1, 10],
  ['after its key, in quotes', `  gates: "${GATE}"\n`, 1, 11],
  ['in a list', `  - ${GATE}\n`, 1, 5],
  ['in a file of Windows', `gates: |\r\n  ${GATE}\r\n`, 2, 3],
])('a gate %s stands on its line', async (_, text, line, column) => {
  expect((await placesIn(text))(GATE)).toEqual({ file: FILE, line, column });
});

test.each([
  ['is not there', `gates: |\n  accuracy >= 0.95\n`],
  ['is there twice', `gates: |\n  ${GATE}\nb:\n  ${GATE}\n`],
  ['is only in a comment', `# ${GATE}\n`],
  ['stands in a file that is no text', Uint8Array.of(0xff, 0xfe)],
  ['stands in no file', undefined],
])('a gate that %s has no line', async (_, text) => {
  expect((await placesIn(text))(GATE)).toBeUndefined();
});

test('a workflow that cannot be read stops nothing; a bug does', async () => {
  const reading = (error: Error) =>
    workflowPlaces({ files: { read: () => Promise.reject(error) }, workflowFile: FILE });
  expect((await reading(new InputError('It is a folder.')))(GATE)).toBeUndefined();
  await expect(reading(new TypeError('no'))).rejects.toThrow(TypeError);
});

test('outside of a workflow no file is looked into', async () => {
  const files = { read: () => Promise.reject(new Error('was read')) };
  expect((await workflowPlaces({ files }))(GATE)).toBeUndefined();
});

test('whatever the file holds, a line that is told holds the gate, and no other does', async () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc
      .tuple(
        fc.constantFrom('', '  ', '- ', 'gates: ', 'warn: ', '"', 'warn : ', 'x: ', '# '),
        fc.constantFrom(GATE, 'loss < 1', ''),
        fc.constantFrom('', ' ', '"', ' # why', '#', "'"),
      )
      .map((parts) => parts.join('')),
  );
  const property = fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
    const text = lines.join('\n');
    const place = (await placesIn(text))(GATE);
    if (place === undefined) return;
    const told = text.split(/\r?\n/)[(place.line ?? 0) - 1] ?? '';
    expect(told.slice((place.column ?? 0) - 1).startsWith(GATE)).toBe(true);
  });
  await fc.assert(property, rounds(3000));
});

test('a gate on one line of many is always found', async () => {
  const others = fc.array(fc.constantFrom('on: push', '- loss < 1', '', '# acc', `${GATE}5`));
  const property = fc.asyncProperty(others, others, async (above, below) => {
    const place = (await placesIn([...above, `  ${GATE}`, ...below].join('\n')))(GATE);
    expect(place).toEqual({ file: FILE, line: above.length + 1, column: 3 });
  });
  await fc.assert(property, rounds(300));
});
