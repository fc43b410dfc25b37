import { plainText } from '@passmuster/core/page.ts';
import { expect, test } from 'vitest';
import { comparison } from './evidence-tables.ts';
import { toldOf } from './told.fixture.ts';

test.each<[string, string[], string]>([
  ['tells that more is better', ['acc >= 0.5'], '+0.1 ↑ better'],
  ['tells that less is better', ['acc <= 0.95'], '+0.1 ↑ worse'],
  ['tells neither', ['acc != 0.5'], '+0.1'],
  ['gives a range', ['acc >= 0.5', 'acc <= 0.95'], '+0.1'],
  ['gives a range, and more', ['acc >= 0.5', 'acc <= 0.95', 'acc >= 0.6'], '+0.1'],
  ['is not there', [], '+0.1'],
])('what the difference says where a gate %s', async (_, ofStep, expected) => {
  const values = { candidate: { acc: 0.9 }, baseline: { acc: 0.8 } };
  const [, table] = comparison(await toldOf({ ...values, champion: { kind: 'files' }, ofStep }));
  const [row] = table?.kind === 'table' ? table.rows : [];
  expect(row?.map(plainText)).toEqual(['acc', '0.9', '0.8', expected]);
});
