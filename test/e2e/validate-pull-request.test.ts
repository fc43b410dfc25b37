import { expect, test } from 'vitest';
import { judge } from './judging-job.ts';
import { trainInto } from './registered-models.ts';
import { startRegistry, startWitness } from './surrounding-services.ts';

const TOKEN = 'registry-token-s3cret';
const env = { MLFLOW_TRACKING_TOKEN: TOKEN };
const inputs = { model: 'gpt-custom', version: '1' };
const from = 'acme/models';

async function trained(): Promise<string> {
  const registry = await startRegistry(TOKEN);
  await trainInto(registry, TOKEN, [{ accuracy: 0.84, loss: 0.5 }]);
  return registry;
}

const policyWith = (registry: string, ...gates: string[]): string =>
  [`registry: ${registry}`, 'models:', '  gpt-custom:', '    gates:']
    .concat(gates.map((gate) => `      - ${gate}`))
    .join('\n');

const annotations = (log: string): string[] =>
  Array.from(log.matchAll(/^::((?:error|warning|notice) .*)$/gm), ([, line = '']) =>
    line.replace('title=passmuster validate', '').replace(/ ,?/, ' '),
  );

test('one that weakens its gates is judged by those of the base', async () => {
  const registry = await trained();
  const { address, asked } = await startWitness();
  const policy = policyWith(registry, 'accuracy >= 0.9', 'loss <= 0.1', 'loss <= 0.6');
  const own = `# mine\n${policyWith(address, 'accuracy >= 0.1', 'loss <= 0.6', 'loss <= 0.1')}`;
  const step = await judge({ policy, files: { 'passmuster.yaml': own }, from, inputs, env });
  expect(step).toMatchObject({ code: 1, outputs: { failed: 'accuracy >= 0.9\nloss <= 0.1' } });
  expect(step.summary).toContain(
    '```diff\n@@ models.gpt-custom.gates @@\n- accuracy >= 0.9\n+ accuracy >= 0.1\n```',
  );
  expect(step.summary).toContain('base branch `main` of `acme/models`');
  expect(step.summary).toContain(`- \`registry\`\\: \`${registry}\` → \`${address}\``);
  // The lines are those of the pull request’s own file; where it has none for the gate, words say whose it is.
  const gone = 'models.gpt-custom.gates in passmuster.yaml, which the pull request takes out';
  expect(annotations(step.log)).toEqual([
    `error file=passmuster.yaml::accuracy >= 0.9 (${gone}) does not hold: 0.84 is 0.06 below 0.9.`,
    'error file=passmuster.yaml,line=8,col=9::loss <= 0.1 does not hold: 0.5 is 0.4 above 0.1.',
  ]);
  expect(asked).toEqual([]);
});

test('one whose policy nobody can read changes nothing, and is told where', async () => {
  const policy = policyWith(await trained(), 'accuracy >= 0.9');
  const files = { 'passmuster.yaml': 'models: [' };
  const step = await judge({ policy, files, from, inputs, env });
  expect(step).toMatchObject({ code: 1, outputs: { failed: 'accuracy >= 0.9' } });
  expect(step.log).toMatch(/^│ - passmuster\.yaml:1:\d+: This is not YAML/m);
  expect(annotations(step.log)[0]).toMatch(/^error file=passmuster\.yaml::accuracy/);
});

test('the first one with a policy is judged by it, and only warned', async () => {
  const registry = await trained();
  const files = { 'passmuster.yaml': policyWith('https://elsewhere.test', 'accuracy >= 0.9') };
  const there = { ...env, MLFLOW_TRACKING_URI: registry };
  const step = await judge({ files, from, inputs, env: there });
  expect(step).toMatchObject({ code: 0, outputs: { verdict: 'fail', failed: 'accuracy >= 0.9' } });
  expect(step.summary).toMatch(
    /^### ❌ \*\*FAIL\*\* .*by a policy that is not yet in force\n\nThe job goes on/,
  );
  const [gate, whole, ...rest] = annotations(step.log);
  expect(gate).toMatch(/^warning file=passmuster\.yaml,line=5,col=9::accuracy >= 0\.9 does not/);
  expect(whole).toMatch(/^warning ?::.*not yet in force/);
  expect(rest).toMatchObject([expect.stringMatching(/^notice ?::`registry` in the/)]);
  expect(JSON.parse(step.outputs['report'] ?? '')).toMatchObject({
    ...{ in_force: false, policy: 'pull-request' },
  });
});

test.each(['accuracy >= 0.9', 'accuracy >= 0'])(
  'a first policy with %s takes nothing from the gates of the step',
  async (gate) => {
    const registry = await trained();
    const files = { 'passmuster.yaml': policyWith(registry, gate, 'loss <= 0.1') };
    const there = { ...env, MLFLOW_TRACKING_URI: registry };
    const asked = { ...inputs, gates: 'accuracy >= 0.9' };
    const step = await judge({ files, from, inputs: asked, env: there });
    expect(step).toMatchObject({ code: 1, outputs: { verdict: 'fail' } });
    expect(step.summary).toContain('those of the step are in force');
    const errors = annotations(step.log).filter((line) => line.startsWith('error'));
    expect(errors).toMatchObject([expect.stringContaining('accuracy >= 0.9 does not hold')]);
    const good = { ...inputs, gates: 'accuracy >= 0.8' };
    expect(await judge({ files, from, inputs: good, env: there })).toMatchObject({ code: 0 });
  },
);

test('one from a fork compares files, without secrets, and no registry is asked', async () => {
  const { address, asked } = await startWitness();
  const policy = policyWith(address, 'accuracy >= 0.8');
  const files = {
    'passmuster.yaml': policy,
    'eval/results.json': '{"accuracy": 0.86, "loss": 0.4}',
    'eval/baseline.json': '{"accuracy": 0.87, "loss": 0.5}',
  };
  const given = {
    model: 'gpt-custom',
    evaluations: 'eval/results.json',
    'champion-evaluations': 'eval/baseline.json',
    gates: 'accuracy >= champion - 0.02\nloss <= champion',
  };
  const job = { policy, files, from: 'mallory/models', env: { MLFLOW_TRACKING_URI: address } };
  const step = await judge({ ...job, inputs: given });
  expect(step).toMatchObject({ code: 0, errors: '' });
  expect(step.outputs).toMatchObject({ verdict: 'pass', version: '', champion: '' });
  expect(step.log).toMatch(/^│ PASS gpt-custom \(files\): all 3 gates pass$/m);
  expect(step.summary).toContain('eval\\/baseline\\.json');
  const worse = await judge({ ...job, inputs: { ...given, gates: 'accuracy > champion' } });
  expect(worse).toMatchObject({ code: 1, outputs: { failed: 'accuracy > champion' } });
  expect(asked).toEqual([]);
});

test('one whose job may not read the base’s policy is told which line is missing', async () => {
  const { address, asked } = await startWitness();
  const job = { policy: '{}', files: {}, from, inputs: { ...inputs, registry: address } };
  const step = await judge({ ...job, permissions: [], env });
  expect(step).toMatchObject({ code: 4, outputs: {} });
  expect(step.log).toContain('contents: read');
  expect(asked).toEqual([]);
});
