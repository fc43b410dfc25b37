import { expect, test } from 'vitest';
import { tallied } from './tally.ts';
import { toldOf, WAIVED } from './told.fixture.ts';

const judgedBy = async (...ofStep: string[]) =>
  (await toldOf({ candidate: { acc: 0.9, f1: 0.7 }, ofStep })).judgement.judged;

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

test.each<[string[], string[], string]>([
  [['acc > 0', 'f1 > 1'], ['f1 > 1'], '1 of 2 gates passes, 1 is waived'],
  [['acc > 0', 'f1 > 1', 'x > 1'], ['f1 > 1', 'x > 1'], '1 of 3 gates passes, 2 are waived'],
  [['acc > 1', 'f1 > 1'], ['f1 > 1'], '1 of 2 gates fails, 1 is waived'],
  [['x > 1', 'f1 > 1'], ['f1 > 1'], '1 of 2 gates is inconclusive, 1 is waived'],
  [
    ['f1 > 1', 'acc >= champion', 'f1 > 0'],
    ['f1 > 1'],
    '1 of 3 gates passes, 1 is waived, 1 does not apply',
  ],
  [['acc > 0', 'f1 > 0'], ['f1 > 0'], 'all 2 gates pass'],
  [['f1 > 1'], ['f1 > 1'], '1 gate is waived and no other passes; waivers alone make no verdict'],
])('%j of which %j may fail: %s', async (ofPolicy, waived, expected) => {
  const waivers = waived.map((gate) => ({ ...WAIVED, gate }));
  const champion = { kind: 'none' as const, says: 'nobody was ever live' };
  const candidate = { acc: 0.9, f1: 0.7 };
  const { judgement } = await toldOf({ candidate, champion, ofPolicy, waivers });
  expect(tallied(judgement.judged)).toBe(expected);
});
