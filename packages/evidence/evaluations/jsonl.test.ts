import { expect, test } from 'vitest';
import { one, readText, unusable, values } from './reading.fixture.ts';
import { JSONL } from './texts.fixture.ts';

const jsonl = (...rows: readonly unknown[]) =>
  readText(rows.map((row) => JSON.stringify(row)).join('\n'), 'scores.jsonl');

test('a column that is a number in every row has its mean', async () => {
  const reading = await readText(JSONL, 'scores.jsonl');
  expect(values(reading)).toEqual({ 'scores.tone': 2 / 3 });
  expect(unusable(reading)).toEqual({
    question: 'no number in 3 of 3 rows, such as the text "Who?"',
    faithfulness: 'a column of which 1 of 3 rows hold no number (row 2: NaN)',
  });
  const { measured } = await jsonl({ a: 0.5 }, { a: 1 });
  expect(measured).toMatchObject([{ value: 0.75, samples: 2, standardError: 0.25 }]);
});

test('lines are told by their content; a single one needs the name', async () => {
  expect(values(await readText(JSONL, 'scores'))).toHaveProperty(['scores.tone'], 2 / 3);
  expect(one(await jsonl({ a: 1 }), 'a')).toMatchObject({ samples: 1, origin: { at: '' } });
  expect(one(await jsonl({ a: 1 }), 'a')).not.toHaveProperty('standardError');
});

test('texts, yes and no, and null never count as numbers', async () => {
  const reading = await jsonl({ a: '1', b: true, c: null }, { a: '1', b: false, c: null });
  expect(reading.measured).toEqual([]);
  expect(unusable(reading)).toEqual({
    a: 'no number in 2 of 2 rows, such as the text "1"',
    b: 'no number in 2 of 2 rows, such as true',
    c: 'no number in 2 of 2 rows, such as null',
  });
});

test.each([
  [['{"a": 1}', '{"a": 3}', '{}'], '1 of 3 rows hold no number (row 3: nothing)'],
  [['{}', '{"a": "x"}', '{"a": 3}'], '2 of 3 rows hold no number (row 1: nothing)'],
  [['{"a": 3}', '{}', '{"a": 3}'], '1 of 3 rows hold no number (row 2: nothing)'],
  [['{"a": 3}', '{"a": [3]}'], '1 of 2 rows hold no number (row 2: nothing)'],
  [['{"a": 1}', '{"a": null}'], '1 of 2 rows hold no number (row 2: empty (null))'],
  [['{"a": Infinity}', '{"a": 1}'], '1 of 2 rows hold no number (row 1: Infinity)'],
])('a row without a number leaves no mean in %j', async (rows, why) => {
  const reading = await readText(rows.join('\n'), 'scores.jsonl');
  expect(reading.measured).toEqual([]);
  expect(unusable(reading)).toEqual({ a: `a column of which ${why}` });
  expect(reading.remarks).toEqual([]);
});

test('samples of lm-evaluation-harness are averaged by filter, and only their scores', async () => {
  const sample = (doc_id: number, filter: string, acc: number) => ({
    doc_id,
    filter,
    metrics: ['acc'],
    acc,
    doc: { answer: 7 },
  });
  const reading = await jsonl(
    sample(0, 'none', 1),
    sample(1, 'none', 0),
    sample(0, 'flexible', 1),
    sample(1, 'flexible', 1),
  );
  expect(values(reading)).toEqual({ acc: 0.5, 'acc,flexible': 1 });
  expect(reading.remarks).toEqual([]);
});

test.each([
  ['{"a": 1}\n{"a": 2', 2, /found the end of the file/],
  ['{"a": 1}\n\n{"a": 1, "a": 2}\n', 3, /The key "a" is written twice/],
  ['{"a": 1}\n[1]\n', 2, /This line is no map/],
  ['{"a": 1}\nNaN\n', 2, /This line is no map/],
])('%j is broken', async (text, line, message) => {
  await expect(readText(text, 'x.jsonl')).rejects.toMatchObject({
    problems: [{ message: expect.stringMatching(message), place: { file: 'x.jsonl', line } }],
  });
});

test('two values of a row under one name are not both counted', async () => {
  await expect(jsonl({ a: { b: 1 } }, { 'a.b': 1, a: { b: 2 } })).rejects.toThrow(
    'Row 2 has two values for `a.b`.',
  );
});

test('10,000 columns are read, one more is not', async () => {
  const row = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, 1]));
  expect((await jsonl(row(10_000))).measured).toHaveLength(10_000);
  await expect(jsonl(row(10_000), { more: 1 })).rejects.toThrow('more than 10000 columns');
});
