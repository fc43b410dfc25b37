import { plainText } from '@passmuster/core/page.ts';
import { expect, test } from 'vitest';
import { leniency, pageOf, remarksOf } from './page.ts';
import { ENDED, type Run, toldOf, UNBOUND, WAIVED } from './told.fixture.ts';

const candidate = { acc: 0.9, f1: 0.7 };
const PROPOSED: Run = { ofPolicy: ['acc >= 0.95'], isInForce: false };

const paragraphs = async (run: Run): Promise<string[]> =>
  pageOf(await toldOf({ candidate, ...run })).flatMap((block) =>
    block.kind === 'verdict' || block.kind === 'paragraph' ? [plainText(block.text)] : [],
  );

test.each<[string, Run, RegExp | undefined]>([
  ['passes', { ofStep: ['acc >= 0.5'] }, undefined],
  ['fails', { ofStep: ['acc >= 0.95'], onInconclusive: 'warn' }, undefined],
  ['may be inconclusive', { ofStep: ['x > 1'], onInconclusive: 'warn' }, /`on-inconclusive` is/],
  [
    'may be inconclusive beside a proposal',
    { ...PROPOSED, ofStep: ['x > 1'], onInconclusive: 'warn' },
    /`on-inconclusive` is/,
  ],
  ['has only a proposal', PROPOSED, /not yet in force/],
  ['has only a proposal, whatever else', { ...PROPOSED, onInconclusive: 'warn' }, /not yet in/],
  ['has no gate', {}, /no gate yet/],
])('why a job goes on that %s', async (_, run, says) => {
  const why = leniency(await toldOf({ candidate, ...run }));
  if (says === undefined) expect(why).toBeUndefined();
  else expect(why).toMatch(says);
});

test('the verdict is that of the gates in force, and the proposal stands beside it', async () => {
  const [first, second] = await paragraphs({ ...PROPOSED, ofStep: ['acc >= 0.5'] });
  expect(first).toBe(
    'm (files): 1 of 1 gate passes; those of the step are in force, those of the policy not yet',
  );
  expect(second).toBe(
    'With the gates of the proposed policy, it would be fail: 1 of 2 gates fails.',
  );
});

test('each source that counts and is unbound is told once, and no other', async () => {
  const told = await toldOf({
    candidate,
    champion: { kind: 'files' },
    baseline: { acc: 0.8 },
    ofStep: ['acc >= champion', 'f1 >= 0.5', 'acc >= 0.1'],
  });
  expect(remarksOf(told)).toEqual([
    `Of the candidate, results.json counts, but is unbound: ${UNBOUND}.`,
    `Of the champion, baseline.json counts, but is unbound: ${UNBOUND}.`,
  ]);
  expect(remarksOf(await toldOf({ candidate, ofStep: ['warn: acc >= 0.1'] }))).toEqual([]);
});

/** Each block that waivers have to do with, as words. */
async function told(run: Run): Promise<string[]> {
  const blocks = pageOf(await toldOf({ candidate, ...run }));
  return blocks.slice(0, 4).flatMap((block) => {
    if (block.kind === 'heading') return [`# ${plainText(block.text)}`];
    return block.kind === 'list' ? block.items.map(plainText) : [];
  });
}

test('what is waived stands under a heading of its own, before the gates', async () => {
  const ofPolicy = ['acc >= 0.95', 'f1 >= 0.5', 'recall >= 0.1', 'f1 >= 0.9'];
  const gates = ['acc >= 0.95', 'f1 >= 0.5', 'recall >= 0.1'];
  const waivers = gates.map((gate) => ({ ...WAIVED, gate }));
  const blocks = pageOf(await toldOf({ candidate, ofPolicy, waivers }));
  expect(blocks.slice(0, 5).map(({ kind }) => kind)).toEqual([
    ...['verdict', 'heading', 'list', 'table', 'list'],
  ]);
  expect(await told({ ofPolicy, waivers })).toEqual([
    '# 3 gates are waived',
    'acc >= 0.95: 0.9 is 0.05 below 0.95. Waived until 2026-06-15 by ann: flaky.',
    'recall >= 0.1: The candidate has no metric `recall`: there are `acc`, `f1`. Waived until 2026-06-15 by ann: flaky.',
    'f1 >= 0.5: Waived until 2026-06-15 by ann: flaky. It is not needed: the gate does not fail.',
  ]);
});

test('what is waived no longer is told with why it fails', async () => {
  const waivers = [{ ...ENDED, gate: 'acc >= 0.95' }];
  const [first] = await told({ ofPolicy: ['acc >= 0.95', 'f1 >= 0.5'], waivers });
  expect(first).toBe(
    'acc >= 0.95: 0.9 is 0.05 below 0.95. Its waiver by ann ended on 2026-06-14, so it counts again.',
  );
});
