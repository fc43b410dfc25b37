import { expect, test } from 'vitest';
import { one, readText, readValue, unusable, values } from './reading.fixture.ts';
import { NESTED_YAML } from './texts.fixture.ts';

test('maps are joined with dots', async () => {
  expect(values(await readValue({ a: 1, b: { c: { d: -2.5 }, 'x/y': 0 }, '': { e: 3 } }))).toEqual({
    a: 1,
    'b.c.d': -2.5,
    'b.x/y': 0,
    '.e': 3,
  });
});

test.each([
  ['"0.95"', 'the text "0.95"'],
  ['""', 'an empty text'],
  ['null', 'null'],
  ['true', 'true'],
  ['[0.95]', 'a list'],
  ['[]', 'a list'],
  [`"${'9'.repeat(500)}"`, `the text "${'9'.repeat(60)}…"`],
  ['"a\\u001bb"', 'the text "a\\u{1b}b"'],
])('%s is no number', async (json, found) => {
  const reading = await readText(`{"accuracy": ${json}}`);
  expect(reading.measured).toEqual([]);
  expect(unusable(reading)).toEqual({ accuracy: found });
});

test.each([
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['1e999', Infinity],
  ['-1e999', -Infinity],
])('%s is not finite', async (json, value) => {
  expect(values(await readText(`{"a": {"b": ${json}}}`))).toEqual({ 'a.b': value });
});

test.each([
  ['12345678901234567890', 12345678901234567000],
  ['4.5e+18', 4.5e18],
  ['5e-324', 5e-324],
  ['-0', -0],
])('%s is the number next to it', async (json, value) => {
  expect(values(await readText(`{"a": ${json}}`))).toEqual({ a: value });
});

test('YAML reads as JSON does', async () => {
  const reading = await readText(NESTED_YAML, 'metrics.yaml');
  expect(values(reading)).toEqual({
    accuracy: 0.9,
    'loss.train': Number.NaN,
    'loss.test': 0.0015,
    'loss.worst': Infinity,
  });
  expect(one(reading, 'loss.test').origin).toMatchObject({
    path: 'metrics.yaml',
    at: '/loss/test',
  });
});

test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
  'the name %s is one like others, in JSON and in YAML',
  async (name) => {
    for (const text of [`{"${name}": {"p": 1}}`, `${name}: { p: 1 }`]) {
      const reading = await readText(text, 'metrics');
      expect(values(reading)).toEqual({ [`${name}.p`]: 1 });
      expect(reading.measured).toHaveLength(1);
    }
    expect(Object.hasOwn({}, 'p') || 'p' in {}).toBe(false);
  },
);

test('names are taken as they are, and placed by a JSON Pointer', async () => {
  const name = 'a~b/c | <b>`\u202e\u0000';
  const reading = await readValue({ [name]: { 'd.e': 1 } });
  expect(one(reading, `${name}.d.e`).origin).toMatchObject({
    at: `/a~0b~1c | <b>\`\u202e\u0000/d.e`,
  });
});

test('two paths to one name are two values', async () => {
  const { measured } = await readValue({ 'a.b': 1, a: { b: 2 } });
  expect(measured.map(({ metric, value }) => [metric, value])).toEqual([
    ['a.b', 1],
    ['a.b', 2],
  ]);
});

test('100,000 values are read, one more is not', async () => {
  const of = (count: number) =>
    readText(`{${Array.from({ length: count }, (_, index) => `"m${index}":1`)}}`);
  expect((await of(100_000)).measured).toHaveLength(100_000);
  await expect(of(100_001)).rejects.toThrow('more than 100000 values');
});
