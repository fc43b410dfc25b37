import type { JudgingPolicy } from '@passmuster/core/policy/judging-policy.ts';
import { parsePolicy } from '@passmuster/core/policy/parse.ts';
import { expect, test } from 'vitest';
import { linesOfStep, rulesOf } from './rules.ts';

const POLICY = `models:
  m:
    gates: [accuracy >= champion]
environments:
  live: { alias: elsewhere, stage: Production, gates: [f1 >= 0.5] }
`;

async function judging(inForce: boolean): Promise<JudgingPolicy> {
  const policy = await parsePolicy(POLICY, 'passmuster.yaml');
  const from = inForce ? 'file' : 'pull-request';
  return { from, policy, said: '', inForce, remarks: [] } as JudgingPolicy;
}

const asked = { model: 'm', environment: 'live' };
const ofStep = linesOfStep('accuracy >= champion - 0.01', () => undefined);

test.each([
  [true, { alias: 'elsewhere', stage: 'Production' }],
  [false, { alias: 'live' }],
])('a policy that is in force (%s) says where an environment is', async (inForce, expected) => {
  const { environment, lines } = rulesOf(await judging(inForce), asked, ofStep);
  expect(environment?.policy).toMatchObject(expected);
  expect(environment?.policy.stage).toBe('stage' in expected ? expected.stage : undefined);
  expect(lines.map(({ text }) => text)).toEqual([
    'accuracy >= champion',
    'f1 >= 0.5',
    'accuracy >= champion - 0.01',
  ]);
});

const LOOSE = `models:
  m: { evaluations: [mine/*.json], bind: name, comparable: required, gates: [accuracy > 0] }
  gpt-custom: {}
`;

async function ruled(inForce: boolean, lines: string, model = 'm') {
  const policy = await parsePolicy(LOOSE, 'passmuster.yaml');
  const from = inForce ? 'file' : 'pull-request';
  const judges = { from, policy, said: '', inForce, remarks: [] } as JudgingPolicy;
  const gates = linesOfStep(lines, () => undefined);
  return rulesOf(judges, { model, environment: undefined }, gates);
}

test.each([
  ['in force', true, 'loss < 1', ['mine/*.json'], 'name', 'required'],
  ['proposed, beside gates of the step', false, 'loss < 1', [], 'digest', undefined],
  ['proposed, and alone', false, '', ['mine/*.json'], 'name', 'required'],
])('a policy that is %s says what evidence counts as far as it may', async (...given) => {
  const [, inForce, lines, evaluations, bind, comparable] = given;
  const { model } = await ruled(inForce, lines);
  expect([model.evaluations, model.bind, model.comparable]).toEqual([
    evaluations,
    bind,
    comparable,
  ]);
});

test.each([
  ['gtp-custom', [/has no model `gtp-custom`.* Did you mean `gpt-custom`\?$/]],
  ['another-one', [/has no model `another-one`.*no gates for it\.$/]],
  ['m', []],
])('a model called %s in a policy that names others', async (model, expected) => {
  const { remarks } = await ruled(true, '', model);
  expect(remarks).toEqual(expected.map((says) => expect.stringMatching(says)));
});
