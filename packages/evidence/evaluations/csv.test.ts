import { expect, test } from 'vitest';
import { one, readText, unusable, values } from './reading.fixture.ts';
import { CSV } from './texts.fixture.ts';

const csv = (text: string) => readText(text, 'scores.csv');

test('a column that is a number in every row has its mean', async () => {
  const reading = await csv(CSV);
  expect(values(reading)).toEqual({ answer_relevancy: 0.75 });
  expect(one(reading, 'answer_relevancy').samples).toBe(3);
  expect(one(await csv('a,b\n0.5,1\n1,1\n'), 'a')).toMatchObject({ standardError: 0.25 });
  expect(reading.remarks).toEqual([]);
  expect(unusable(reading)).toEqual({
    faithfulness: 'a column of which 1 of 3 rows hold no number (row 2: "nan")',
    question: 'no number in 3 of 3 rows, such as the text "Who, then?"',
  });
});

test.each([
  ['1', 1],
  [' 1.50 ', 1.5],
  ['+.5', 0.5],
  ['-2.', -2],
  ['1E-3', 0.001],
  ['"3"', 3],
])('the cell %j is a number', async (cell, value) => {
  expect(values(await csv(`a,b\n${cell},x\n`))).toEqual({ a: value });
});

test.each([
  '',
  '85%',
  '"0,85"',
  '1 000',
  '0x10',
  '1e',
  '.',
  'True',
  '1_000',
  'NaN',
  'None',
  '١',
  'inf',
  '-Infinity',
  '1e999',
])('the cell %j is none', async (cell) => {
  const reading = await csv(`a,b\n${cell},1\n`);
  expect(values(reading)).toEqual({ b: 1 });
  expect(Object.keys(unusable(reading))).toEqual(['a']);
});

test.each([
  ['1\nERROR\nERROR', 'a column of which 2 of 3 rows hold no number (row 2: "ERROR")'],
  ['1\n1\nNaN', 'a column of which 1 of 3 rows hold no number (row 3: "NaN")'],
  ['inf\n1', 'a column of which 1 of 2 rows hold no number (row 1: Infinity)'],
  ['1\n""\n1', 'a column of which 1 of 3 rows hold no number (row 2: an empty text)'],
  ['1\n\n\n1\n\n', 'a column of which 2 of 4 rows hold no number (row 2: an empty text)'],
  ['1\r\n\r\n1', 'a column of which 1 of 3 rows hold no number (row 2: an empty text)'],
  ['\n1', 'a column of which 1 of 2 rows hold no number (row 1: an empty text)'],
  ['1\n""', 'a column of which 1 of 2 rows hold no number (row 2: an empty text)'],
  ['""\n\n""', 'no number in 3 of 3 rows, such as an empty text'],
])('the one column %j has no mean over the rest', async (rows, why) => {
  const reading = await csv(`score\n${rows}`);
  expect(reading.measured).toEqual([]);
  expect(unusable(reading)).toEqual({ score: why });
});

test.each([
  ['with tabs', 'a\tb\n1\t2,5\n', 'scores.tsv', { a: 1 }],
  ['with semicolons', 'a;b\r\n1;2\r\n', 'scores.csv', { a: 1, b: 2 }],
  ['with old line ends', 'a,b\r1,2\r3,4', 'scores.csv', { a: 2, b: 3 }],
  ['with one column', '\nscore\n1\n3\n\n\r\n', 'scores.csv', { score: 2 }],
  ['with blank lines', 'a,b\n\n1,2\n\n3,4\n', 'scores.csv', { a: 2, b: 3 }],
  ['under another name', 'a,b\n1,2\n', 'scores.txt', { a: 1, b: 2 }],
  [
    'with hostile names',
    '__proto__,"a\n""b"""\n1,2\n',
    'scores.csv',
    { ['__proto__']: 1, 'a\n"b"': 2 },
  ],
])('a table %s', async (_, text, path, expected) => {
  expect(values(await readText(text, path))).toEqual(expected);
});

test.each([
  ['a,b\n1\n', 2, 'This row has 1 cells, the first one has 2; expected as many.'],
  ['a,b\n"x\ny",2\n1,2,3\n', 4, 'This row has 3 cells, the first one has 2; expected as many.'],
  ['a,b\n1,"2\n', 2, 'A quote in this row is not closed.'],
  ['a,b\n1,"2"3\n', 2, 'A quote stands within a cell of this row.'],
  ['a,b\n1,2"3"\n', 2, 'A quote stands within a cell of this row.'],
  ['a,a\n1,2\n', 1, 'Two columns are named "a".'],
])('%j is broken', async (text, line, message) => {
  await expect(csv(text)).rejects.toMatchObject({
    problems: [{ message, place: { file: 'scores.csv', line } }],
  });
});

test('a row of very many cells is refused', async () => {
  await expect(csv(`${','.repeat(10_000)}\n`)).rejects.toThrow('more than 10000 cells');
});

test('a header alone has no metrics', async () => {
  expect((await csv('a,b\n')).remarks).toEqual(['The file holds no metrics.']);
});

test('a cell of megabytes is a cell', async () => {
  expect(values(await csv(`a,b\n"${'x""'.repeat(1_000_000)}",1\n`))).toEqual({ b: 1 });
});
