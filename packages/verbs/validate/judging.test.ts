import { expect, test } from 'vitest';
import type { Champion } from './subjects.ts';
import { toldOf } from './told.fixture.ts';

const GATE = 'acc >= champion';

test.each<[string, Champion | undefined, Record<string, number>, string, RegExp]>([
  ['files that are worse', { kind: 'files' }, { acc: 0.8 }, 'pass', /^$/],
  ['files that are better', { kind: 'files' }, { acc: 0.95 }, 'fail', /0\.05 below/],
  [
    'files without it',
    { kind: 'files' },
    { f1: 1 },
    'inconclusive',
    /champion has no metric `acc`/,
  ],
  [
    'none',
    { kind: 'none', says: 'nobody was ever live' },
    {},
    'not-applicable',
    /no champion: nobody was ever live\./,
  ],
  [
    'itself',
    { kind: 'itself', by: 'alias x' },
    {},
    'not-applicable',
    /is the champion \(alias x\)/,
  ],
  [
    'one that cannot be told',
    { kind: 'unclear', says: 'two are', hint: 'Move one.' },
    {},
    'inconclusive',
    /cannot be told: two are\. Move one\./,
  ],
])('a gate on a champion that is %s', async (_, champion, baseline, verdict, why) => {
  const told = await toldOf({
    ...{ candidate: { acc: 0.9 }, baseline, ofStep: [GATE] },
    ...(champion && { champion }),
  });
  const [judged] = told.judgement.judged;
  expect(judged?.verdict).toBe(verdict);
  expect(judged?.reasons.join(' ')).toMatch(why);
});
