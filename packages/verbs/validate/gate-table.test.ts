import { plainText } from '@passmuster/core/page.ts';
import { expect, test } from 'vitest';
import { gateSources, gateTable } from './gate-table.ts';
import { toldOf, WAIVED } from './told.fixture.ts';

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

test('the row of a gate that is waived', async () => {
  const waivers = [{ ...WAIVED, gate: 'acc >= 0.95' }];
  const run = { candidate: { acc: 0.9 }, ofPolicy: ['acc >= 0.95', 'acc >= 0.5'], waivers };
  const table = gateTable((await toldOf(run)).judgement.judged);
  const rows = table.kind === 'table' ? table.rows.map((row) => row.map(plainText)) : [];
  expect(rows.map(([word, gate]) => `${word} ${gate}`)).toEqual([
    'waived acc >= 0.95',
    'pass acc >= 0.5',
  ]);
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
