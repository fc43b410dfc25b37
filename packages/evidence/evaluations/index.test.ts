import { InputError } from '@passmuster/core/errors.ts';
import type { Reading } from '@passmuster/core/evidence/measured.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { readEvaluation } from './index.ts';
import { DIGEST, readText, readValue, unusable, values } from './reading.fixture.ts';
import { SAMPLES } from './samples.fixture.ts';

const readBytes = (bytes: Uint8Array, path = 'results.json') =>
  readEvaluation(bytes, { path, digest: DIGEST });

const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));

test.each([
  ['UTF-16 with a mark', utf16('\ufeff{"a": 1}'), /is UTF-16; expected UTF-8/],
  ['UTF-16 without', utf16('{"a": 1}'), /is UTF-16; expected UTF-8/],
  [
    'UTF-16, the other way',
    utf16('\ufeff{"a": 1}').map((_, i, all) => all[i ^ 1] ?? 0),
    /is UTF-16/,
  ],
  ['NUL bytes', new TextEncoder().encode('{"a": 1}\0'), /NUL bytes/],
  ['bytes that are no text', new Uint8Array([0x7b, 0xff, 0x7d]), /no UTF-8 text/],
  ['nothing', new Uint8Array(), /is empty/],
  ['blanks', new TextEncoder().encode('\ufeff \n\t'), /is empty/],
  ['too much', new Uint8Array(64 * 1024 * 1024 + 1).fill(0x20), /at most 67108864/],
])('%s is refused by name', async (_, bytes, message) => {
  await expect(readBytes(bytes)).rejects.toMatchObject({
    problems: [{ message: expect.stringMatching(message), place: { file: 'results.json' } }],
  });
});

test.each([
  ['results.json', '{"a": 1', /found the end of the file/],
  ['results.json', '{"a": 0.5, "a": 0.9}', /The key "a" is written twice/],
  ['results.json', `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`, /deeper than 64 levels/],
  ['results.json', 'accuracy', /This is not JSON: found `accuracy`/],
  ['results.json', '[1, 2]', /holds a list; expected a map of metrics/],
  ['results.json', 'NaN', /holds NaN; expected a map of metrics/],
  ['m.yaml', 'a: 1\na: 2', /The key `a` is written twice/],
  ['m.yaml', 'a: &x 1\nb: *x', /Anchors .* not allowed/],
  ['m.yaml', 'a: 0x10', /not a plain decimal/],
  ['m.yaml', `a: ${'x'.repeat(1024 * 1024)}`, /at most 1048576/],
  ['m.yaml', 'accuracy 0.9', /holds "accuracy 0.9"; expected a map/],
  ['m.yaml', '# nothing', /is empty/],
])('%s is refused where it is broken, %#', async (path, text, message) => {
  await expect(readText(text, path)).rejects.toMatchObject({
    problems: [
      { message: expect.stringMatching(message), place: { file: path } },
      ...(text.includes('*x') ? [{}] : []),
    ],
  });
});

test('a byte order mark is passed over', async () => {
  expect(values(await readText('\ufeff{"a": 1}'))).toEqual({ a: 1 });
  expect(values(await readText('\ufeffa: 1', 'm.yaml'))).toEqual({ a: 1 });
});

test('a flow map of YAML is one by its name', async () => {
  expect(values(await readText('{a: 1}', 'm.yaml'))).toEqual({ a: 1 });
  expect(values(await readText('{"a": NaN}', 'm.yaml'))).toEqual({ a: Number.NaN });
});

test('a map without anything holds no metrics', async () => {
  expect(await readValue({})).toEqual({
    measured: [],
    unusable: [],
    remarks: ['The file holds no metrics.'],
  });
});

const LONG = 'x'.repeat(501);
const LEFT_OUT = '1 name is longer than 500 characters and was left out.';

test.each([
  ['a.json', JSON.stringify({ [LONG]: 1, b: 2 }), LEFT_OUT],
  ['a.json', JSON.stringify({ [LONG]: 'x', b: 2 }), LEFT_OUT],
  ['a.json', JSON.stringify({ b: 2, [LONG.slice(0, 250)]: { [LONG.slice(0, 250)]: 1 } }), LEFT_OUT],
  ['a.json', JSON.stringify({ overall: { b: 2 }, by_group: { b: { [LONG]: 1 } } }), LEFT_OUT],
  [
    'a.json',
    JSON.stringify({ [LONG]: { a: 1, c: 1, d: 'x' }, b: 2 }),
    '3 names are longer than 500 characters and were left out.',
  ],
  ['a.csv', `${LONG},b\n1,2\n1,2\n`, LEFT_OUT],
  [
    'a.jsonl',
    JSON.stringify({ [LONG]: 1, b: 2 })
      .concat('\n')
      .repeat(2),
    LEFT_OUT,
  ],
])('a name of more than 500 characters is left out, %s %#', async (path, text, remark) => {
  const reading = await readText(text, path);
  expect(values(reading)).toEqual({ b: 2 });
  expect(reading.unusable).toEqual([]);
  expect(reading.remarks).toEqual([remark]);
});

test('a name of 500 characters is a name', async () => {
  const name = LONG.slice(1);
  expect(values(await readValue({ [name]: 1 }))).toEqual({ [name]: 1 });
});

test('a file with one key of megabytes gives a reading of a few bytes', async () => {
  const key = '~/'.repeat(10_000_000);
  const below = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [index, 1]));
  const reading = await readValue({ [key]: below, results: { [key]: below }, configs: {} });
  expect(JSON.stringify(reading).length).toBeLessThan(1_000);
});

test('a place that is too long to show is cut', async () => {
  const reading = await readValue({ workspace: { data: { [`/${LONG}`]: { data: { a: 1 } } } } });
  const at = `/workspace/data/~1${'x'.repeat(59)}…/data/a`;
  expect(reading.measured).toMatchObject([{ metric: 'a', origin: { at } }]);
});

test('a value under a condition that is too long to name is unusable', async () => {
  const benchmarks = { a: { score: 1, dataset: LONG } };
  expect(unusable(await readValue({ evaluation: { benchmarks } }))).toEqual({
    a: 'under a condition of more than 500 characters',
  });
});

const withoutPath = ({ measured, ...rest }: Reading) => ({
  ...rest,
  measured: measured.map(({ origin, ...value }) => value),
});

test.each(SAMPLES)('%s is told by its content (sample %#)', async (path, text) => {
  const named = await readText(text, path);
  const unnamed = await readText(text, 'evaluation');
  expect(withoutPath(unnamed).measured).toEqual(withoutPath(named).measured);
  expect(named.measured.length).toBeGreaterThan(0);
});

test.each(SAMPLES)(
  '%s has a digest and a place for every value (sample %#)',
  async (path, text) => {
    const { measured, unusable } = await readText(text, path);
    for (const { origin } of [...measured, ...unusable]) {
      expect(origin).toMatchObject({ kind: 'file', path, digest: DIGEST });
    }
  },
);

async function readingOf(bytes: Uint8Array, path: string): Promise<Reading | undefined> {
  try {
    return await readBytes(bytes, path);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.problems.every(({ place }) => place?.file === path)).toBe(true);
    return undefined;
  }
}

const paths = fc.constantFrom('a.json', 'a.jsonl', 'a.yaml', 'a.md', 'a.csv', 'a.xml', 'a');

test('random bytes are read as nothing, or refused', async () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  const written = fc.string({ unit: 'binary', maxLength: 200 });
  const texts = written.map((text) => new TextEncoder().encode(text));
  await fc.assert(
    fc.asyncProperty(fc.oneof(bytes, texts), paths, async (content, path) => {
      await readingOf(content, path);
    }),
    rounds(5_000),
  );
});

/** A sample with some of it taken out, doubled or written over. */
const mutated = fc
  .tuple(
    fc.constantFrom(...SAMPLES),
    fc.array(
      fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(12),
        fc.constantFrom(
          '',
          '"',
          '}',
          ']',
          '<',
          '\n',
          ',',
          'NaN',
          '1e999',
          '"0.99"',
          '\0',
          '-',
          '{',
          'null',
          '\u202e',
        ),
      ),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([[path, text], edits]) => {
    const edit = (before: string, [where, length, written]: (typeof edits)[number]) => {
      const at = Math.floor(where * before.length);
      return before.slice(0, at) + written + before.slice(at + length);
    };
    return { path, text: edits.reduce(edit, text) };
  });

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
const isAsWritten = (path: string, text: string): boolean =>
  /\.(?:json|yaml|md)$/.test(path) && !/"(?:successes|metricsScores)"/.test(text);

test('a damaged file is refused, or its numbers are those that stand in it', async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async ({ path, text }) => {
      const reading = await readingOf(new TextEncoder().encode(text), path);
      if (reading === undefined || !isAsWritten(path, text)) return;
      const written = new Set((text.match(NUMBER) ?? []).map(Number));
      for (const { value } of reading.measured) {
        expect(typeof value).toBe('number');
        if (Number.isFinite(value)) expect(written).toContain(value);
      }
    }),
    rounds(5_000),
  );
});

test('a name is data, whatever it holds', async () => {
  const name = fc.string({ unit: 'binary', minLength: 1 });
  const tree = fc.dictionary(name, fc.oneof(fc.double(), fc.dictionary(name, fc.double())));
  await fc.assert(
    fc.asyncProperty(tree, async (tree) => {
      const text = JSON.stringify(tree);
      const expected = Object.entries<object | number | null>(JSON.parse(text)).flatMap(
        ([key, value]) =>
          typeof value === 'object' && value !== null
            ? Object.keys(value).map((inner) => `${key}.${inner}`)
            : [key],
      );
      const { measured, unusable } = await readText(text);
      const names = [...measured, ...unusable].map(({ metric }) => metric);
      expect(names.toSorted()).toEqual(expected.toSorted());
    }),
    rounds(2_000),
  );
});
