import { verdictOf } from '@passmuster/core/gates/verdict.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { ENDED, type Run, toldOf, WAIVED } from './told.fixture.ts';
import { isRefused, standingInTheWay, verdictIn } from './told.ts';

const PASS = 'acc >= 0.5';
const FAIL = 'acc >= 0.95';
const NONE = 'recall >= 0.1';
const OTHER = 'acc >= 0.99';
const WARN = 'warn: acc >= 0.95';
const candidate = { acc: 0.9 };
const proposed = (...ofPolicy: string[]): Run => ({ ofPolicy, isInForce: false });
const waived = (ofPolicy: readonly string[], ...gates: readonly string[]): Run => ({
  ofPolicy,
  waivers: gates.map((gate) => ({ ...WAIVED, gate })),
});

test.each<[string, Run, string, boolean]>([
  ['gates of both that pass', { ofPolicy: [PASS], ofStep: [PASS] }, 'pass', false],
  ['one of the policy that fails', { ofPolicy: [FAIL], ofStep: [PASS] }, 'fail', true],
  ['nothing', {}, 'inconclusive', false],
  ['nothing, where that is to fail', { onInconclusive: 'fail' }, 'inconclusive', true],
  ['warnings alone', { ofStep: [WARN] }, 'inconclusive', true],
  ['a proposal that passes', proposed(PASS), 'inconclusive', false],
  ['a proposal that fails', proposed(FAIL), 'fail', false],
  ['a proposal beside a step that passes', { ...proposed(FAIL), ofStep: [PASS] }, 'pass', false],
  ['a proposal beside one that fails', { ...proposed(PASS), ofStep: [FAIL] }, 'fail', true],
  ['one beside what is inconclusive', { ...proposed(PASS), ofStep: [NONE] }, 'inconclusive', true],
  ['one beside warnings alone', { ...proposed(PASS), ofStep: [WARN] }, 'inconclusive', true],
  ['one that repeats the step', { ...proposed(FAIL), ofStep: [FAIL] }, 'fail', true],
  [
    'a proposal, where nothing in force is to fail',
    { ...proposed(PASS), onInconclusive: 'fail' },
    'inconclusive',
    true,
  ],
  [
    'a proposal beside what may be inconclusive',
    { ...proposed(PASS), ofStep: [NONE], onInconclusive: 'warn' },
    'inconclusive',
    false,
  ],
  ['a waived failure beside a pass', waived([PASS, FAIL], FAIL), 'pass', false],
  ['what is waived and inconclusive beside a pass', waived([PASS, NONE], NONE), 'pass', false],
  ['a waived failure alone', waived([FAIL], FAIL), 'inconclusive', true],
  ['one waived beside one that fails', waived([FAIL, OTHER], FAIL), 'fail', true],
  ['one waived beside what is inconclusive', waived([FAIL, NONE], FAIL), 'inconclusive', true],
  ['one waived beside warnings alone', waived([FAIL, WARN], FAIL), 'inconclusive', true],
  ['a pass that is waived, alone', waived([PASS], PASS), 'pass', false],
  [
    'a waiver that has ended',
    { ofPolicy: [PASS, FAIL], waivers: [{ ...ENDED, gate: FAIL }] },
    'fail',
    true,
  ],
  [
    'a waived gate that the step repeats',
    { ...waived([PASS, FAIL], FAIL), ofStep: [FAIL] },
    'pass',
    false,
  ],
  [
    'a waived gate, where the waiver is only proposed',
    { ...waived([PASS, FAIL], FAIL), isInForce: false, ofStep: [FAIL] },
    'fail',
    true,
  ],
])('%s', async (_, run, verdict, refused) => {
  const told = await toldOf({ candidate, ...run });
  expect([verdictIn(told), isRefused(told)]).toEqual([verdict, refused]);
});

test('whatever waivers are proposed, they lend nothing', async () => {
  const gates = fc.uniqueArray(fc.constantFrom(PASS, FAIL, NONE), { minLength: 1, maxLength: 3 });
  const property = fc.asyncProperty(gates, gates, async (ofPolicy, ofStep) => {
    const run = { candidate, ofPolicy, ofStep, isInForce: false };
    const told = await toldOf({ ...run, ...waived(ofPolicy, ...ofPolicy) });
    const without = await toldOf(run);
    expect([verdictIn(told), isRefused(told)]).toEqual([verdictIn(without), isRefused(without)]);
    expect(told.judgement).toEqual(without.judgement);
  });
  await fc.assert(property, rounds(200));
});

test('whatever is proposed, the gates in force alone decide', async () => {
  const gates = fc.uniqueArray(fc.constantFrom(PASS, FAIL, NONE, WARN), { maxLength: 3 });
  const how = fc.constantFrom<Run['onInconclusive'][]>(undefined, 'fail', 'warn');
  const property = fc.asyncProperty(gates, gates, how, async (ofPolicy, ofStep, on) => {
    const lenience = on && { onInconclusive: on };
    const run = { candidate, ofStep, ...lenience };
    const told = await toldOf({ ...run, ofPolicy, isInForce: false });
    const alone = await toldOf(run);
    expect(isRefused(told)).toBe(isRefused(alone));
    if (ofStep.length > 0) expect(verdictIn(told)).toBe(verdictOf(alone.judgement.judged));
    else expect(verdictIn(told)).not.toBe('pass');
    expect(standingInTheWay(told).map(({ gate }) => gate.text)).toEqual(
      standingInTheWay(alone).map(({ gate }) => gate.text),
    );
  });
  await fc.assert(property, rounds(500));
});
