import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { folderWith } from '../verify/folder.ts';
import { GITHUB_TOKEN, stepIn } from './judging-job.ts';
import { stands, trainInto } from './registered-models.ts';
import type { Step } from './step.ts';
import { startRegistry, startWitness } from './surrounding-services.ts';

const TOKEN = 'registry-token-s3cret';
const env = { MLFLOW_TRACKING_TOKEN: TOKEN };
const [LIVE, BETTER, WORSE] = [{ accuracy: 0.81 }, { accuracy: 0.84 }, { accuracy: 0.7 }];

type Inputs = Readonly<Record<string, string>>;

const policyWith = (registry: string): string => `registry: ${registry}
models:
  gpt-custom:
    gates:
      - accuracy >= 0.8
environments:
  staging: { stage: Staging }
  production: { stage: Production, alias: champion }
`;

/** Three versions, and steps of jobs that promote them, all with one policy. */
async function trained() {
  const registry = await startRegistry(TOKEN);
  await trainInto(registry, TOKEN, [LIVE, BETTER, WORSE]);
  const policy = policyWith(registry);
  const files = { 'passmuster.yaml': policy };
  const given = { model: 'gpt-custom', environment: 'production' };
  const promote = (inputs: Inputs, verb = 'promote'): Promise<Step> =>
    stepIn({ policy, files, inputs: { ...given, ...inputs }, env }, verb);
  return { registry, policy, promote };
}

const annotations = ({ log }: Step): string[] =>
  log.split('\n').filter((line) => /^::(error|warning|notice)/.test(line));

const html = ({ summary }: Step): string =>
  micromark(summary, {
    ...{ extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true },
  });

test('a step that promotes says so in one sentence, what moved, and who holds the record', async () => {
  const { registry, promote } = await trained();
  const first = await promote({ version: '1' });
  expect(first).toMatchObject({ code: 0, errors: '' });
  const step = await promote({ version: '2', expect: '1', reason: 'better on long prompts' });
  expect(step).toMatchObject({ code: 0, errors: '' });
  expect(Object.keys(step.outputs)).toEqual([
    ...['outcome', 'promotion-id', 'from', 'to', 'record', 'report'],
  ]);
  expect(step.outputs).toMatchObject({ outcome: 'promoted', from: '1', to: '2', record: '2' });
  const says = 'gpt-custom number 2 is in production now; before it was number 1';
  expect(step.log).toMatch(new RegExp(`^│ PASS ${says}$`, 'm'));
  expect(annotations(step)).toEqual([]);
  const shown = html(step);
  expect(shown).toMatch(/^<h3>✅ <strong>PASS<\/strong> <code>gpt-custom<\/code> number <code>2</);
  const [, table = ''] = /<tbody>(.*?)<\/tbody>/s.exec(shown) ?? [];
  const cells = Array.from(table.matchAll(/<td>(.*?)<\/td>/g), ([, cell]) => cell);
  expect(cells.filter((_, at) => at % 3 === 0)).toEqual([
    ...['the stage of number 2', 'the stage Production', 'the alias champion'],
  ]);
  expect(shown).toContain('better on long prompts');
  expect(JSON.parse(step.outputs['report'] ?? '')).toMatchObject({
    ...{ outcome: 'promoted', record: '2', policy: 'default-branch', registry },
    gates: [{ gate: 'accuracy >= 0.8', verdict: 'pass', value: 0.84, bound: 0.8 }],
  });
  expect(await stands(registry, TOKEN)).toEqual({ champion: '2', Production: '2', Archived: '1' });
});

test('what is there already is unchanged, and says since when and by whom', async () => {
  const { promote } = await trained();
  await promote({ version: '1' });
  const step = await promote({ version: '1' });
  expect(step).toMatchObject({ code: 0, outputs: { outcome: 'unchanged', to: '1', record: '1' } });
  expect(step.log).toMatch(
    /^│ PASS gpt-custom number 1 is in production already since .*, by ada \(ticket 1\)$/m,
  );
  expect(annotations(step)).toEqual([]);
});

test('one that a gate refuses is annotated where that gate stands, and nothing moves', async () => {
  const { registry, promote } = await trained();
  await promote({ version: '1' });
  const step = await promote({ version: '3' });
  expect(step).toMatchObject({ code: 1, outputs: { outcome: 'refused', to: '3', record: '' } });
  const [first] = annotations(step);
  expect(first).toBe(
    '::error title=passmuster promote,file=passmuster.yaml,line=5,col=9::accuracy >= 0.8 does not hold: 0.7 is 0.1 below 0.8.',
  );
  expect(step.summary).toMatch(/^### ❌ \*\*FAIL\*\* `gpt-custom` number `3` does not move to/);
  expect(await stands(registry, TOKEN)).toEqual({ champion: '1', Production: '1' });
});

test('another version than was expected is a conflict', async () => {
  const { promote } = await trained();
  await promote({ version: '1' });
  const step = await promote({ version: '2', expect: 'none' });
  expect(step).toMatchObject({ code: 3, outputs: { outcome: 'refused' } });
  expect(annotations(step)).toEqual([
    expect.stringMatching(/^::error .*::`expect` is none, but production has number 1\./),
  ]);
});

test('a plan is shown as what would move, and moves only if it is the same later on', async () => {
  const { registry, promote } = await trained();
  await promote({ version: '1' });
  const plan = `${await folderWith({})}/plan.json`;
  const planned = await promote({ version: '2', 'dry-run': 'true', 'plan-file': plan });
  expect(planned).toMatchObject({ code: 0, outputs: { outcome: 'planned', record: '' } });
  expect(planned.summary).toContain(
    '```diff\n- the stage of number 2: no stage\n+ the stage of number 2: Production\n',
  );
  expect(await stands(registry, TOKEN)).toMatchObject({ champion: '1' });
  const other = await promote({ version: '2', plan, gates: 'accuracy >= 0.83' });
  expect(other.code, other.log).not.toBe(0);
  expect(await stands(registry, TOKEN)).toMatchObject({ champion: '1' });
  const step = await promote({ version: '2', plan });
  expect(step, step.log).toMatchObject({ code: 0, outputs: { outcome: 'promoted' } });
});

test('what is wrong with the inputs is said at once, and nobody is asked', async () => {
  const { address, asked } = await startWitness();
  const inputs = { model: 'gpt-custom', version: '2', environment: 'europe' };
  const policy = policyWith(address);
  const unknown = await stepIn({ policy, files: {}, inputs, env }, 'promote');
  expect(unknown).toMatchObject({ code: 2, outputs: {} });
  expect(annotations(unknown)).toEqual([
    expect.stringMatching(
      /`environment` is `europe`, which is no environment in passmuster\.yaml\. There are `staging`/,
    ),
  ]);
  const misspelt = await stepIn({ files: {}, inputs: { modle: 'x' }, env }, 'promote');
  expect(misspelt.code).toBe(2);
  expect(misspelt.log).toContain('Did you mean `model`?');
  expect(asked).toEqual([]);
});

test.each([
  ['quotes', `1"'\``],
  ['a command', '$(touch hacked)'],
  ['a line break', '1\n::error::hacked'],
  ['an expression', `\${{ github.token }}`],
])('%s as a version is one mistake of the caller', async (_, version) => {
  const { registry, promote } = await trained();
  const step = await promote({ version });
  expect(step).toMatchObject({ code: 2, outputs: {}, errors: '' });
  expect(annotations(step)).toHaveLength(1);
  expect(step.log).not.toMatch(/^::error::hacked/m);
  expect(await stands(registry, TOKEN)).toEqual({});
});

test('what is secret is masked before anything is printed, and never printed', async () => {
  const { promote } = await trained();
  const step = await promote({ version: '1' });
  const masked = Array.from(step.log.matchAll(/^::add-mask::(.*)$/gm), ([, secret]) => secret);
  expect(masked).toEqual(expect.arrayContaining([TOKEN, GITHUB_TOKEN]));
  const shown = step.log.replaceAll(/^::add-mask::.*$/gm, '');
  const everywhere = [shown, step.errors, step.summary, ...Object.values(step.outputs)].join('\n');
  expect(everywhere).not.toContain('s3cret');
});
