import { plainText } from '@passmuster/core/page.ts';
import { expect, test } from 'vitest';
import { gateSources, gateTable, tallied } from './gate-table.ts';
import { toldOf } from './told.fixture.ts';

const judgedBy = async (...ofStep: string[]) =>
  (await toldOf({ candidate: { acc: 0.9, f1: 0.7, near: 0.85000001 }, ofStep })).judgement.judged;

test.each([
  ['acc >= 0.95', ['FAIL', 'acc >= 0.95', '0.9', '0.95', '−0.05']],
  ['warn: acc >= 0.95', ['warning', 'warn: acc >= 0.95', '0.9', '0.95', '−0.05']],
  ['recall > 0.1', ['inconclusive', 'recall > 0.1', '–', '0.1', '–']],
  ['near <= 0.85', ['FAIL', 'near <= 0.85', '0.85000001', '0.85', '−1e-8']],
])('the row of %s', async (gate, expected) => {
  const table = gateTable(await judgedBy(gate));
  const [row] = table.kind === 'table' ? table.rows : [];
  expect(row?.map(plainText)).toEqual(expected);
});

test('each number is told with the name of its metric', async () => {
  const details = gateSources(await judgedBy('min(acc, f1) >= 0.5'));
  const [list] = details.kind === 'details' ? details.blocks : [];
  const items = list?.kind === 'list' ? list.items.map(plainText) : [];
  expect(items).toEqual([
    'min(acc, f1) >= 0.5 (line 1 of the input `gates`): ' +
      'acc of the candidate is 0.9 in results.json; f1 of the candidate is 0.7 in results.json',
  ]);
});

test.each([
  [['acc > 0', 'f1 > 0'], 'all 2 gates pass'],
  [['acc > 0', 'f1 > 1'], '1 of 2 gates fails'],
  [['acc > 0', 'x > 1', 'y > 1'], '2 of 3 gates are inconclusive'],
  [
    ['warn: acc > 0'],
    'there are only gates that warn, which make no verdict; add one that counts, such as `accuracy >= 0.85`, or let the job go on with `on-inconclusive: warn`',
  ],
])('%j together: %s', async (gates, expected) => {
  expect(tallied(await judgedBy(...gates))).toBe(expected);
});
