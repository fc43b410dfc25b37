import { symlink } from 'node:fs/promises';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { expect, test } from 'vitest';
import { emptyRegistry, run as register } from '../register/running.fixture.ts';
import { noRegistry } from '../surroundings.ts';
import { run, standingIn } from './running.fixture.ts';

const policyWith = (...evaluations: string[]): string =>
  JSON.stringify({ models: { m: { evaluations } }, environments: { live: {} } });

/** A version, and a job that has these files and this policy. */
async function judging(files: Record<string, string>, ...evaluations: string[]) {
  const registry = await emptyRegistry();
  // Before there are files, so that none is recorded.
  await standingIn({});
  await register(registry, { model: 'm', version: 'v1.0.0' });
  await standingIn({ ...files, 'passmuster.yaml': policyWith(...evaluations) });
  let walks = 0;
  const disk = diskFiles();
  const counting: typeof disk = {
    ...disk,
    survey: (...asked) => {
      walks++;
      return disk.survey(...asked);
    },
  };
  const asked = { model: 'm', version: 'v1.0.0', gates: 'accuracy >= 0.8' };
  return {
    judged: (more: Record<string, string> = {}) =>
      run(registry, { ...asked, ...more }, { files: counting }),
    walks: () => walks,
  };
}

const GOOD = { 'eval/a.json': '{"accuracy": 0.9}' };

test('a pattern of the policy that nothing fits is remarked beside a version', async () => {
  const { judged } = await judging(GOOD, 'eval/*.json', 'other/*.json');
  const { outputs, report } = await judged();
  expect(outputs.verdict).toBe('pass');
  expect(report.remarks).toContain(
    'No file fits the pattern "other/*.json" of `models.m.evaluations` in passmuster.yaml.',
  );
});

test('without a version it is an error, for the files are all there is', async () => {
  const policy = policyWith('eval/*.json', 'other/*.json');
  await standingIn({ ...GOOD, 'passmuster.yaml': policy });
  const asked = { model: 'm', gates: 'accuracy > 0' };
  const asking = run('', asked, { openRegistry: noRegistry });
  await expect(asking).rejects.toThrow('No file fits the pattern "other/*.json"');
});

test('a pattern of the input that nothing fits is an error, also beside a version', async () => {
  const { judged } = await judging(GOOD, 'eval/*.json');
  await expect(judged({ evaluations: 'other/*.json' })).rejects.toThrow(
    'No file fits the pattern "other/*.json" of `evaluations`.',
  );
});

test.each(['eval/b.json', 'eval/*.json', 'eval/sub/*.json'])(
  'what is refused under the pattern %s of the policy is an error, and no remark',
  async (pattern) => {
    const { judged } = await judging(GOOD, pattern);
    await symlink('/etc/hosts', pattern.includes('sub') ? 'eval/sub' : 'eval/b.json');
    await expect(judged()).rejects.toThrow(/The evaluation file "eval\/\w+(?:\.json)?" is a link/);
  },
);

test('what is broken, missing and refused is told together', async () => {
  const files = {
    ...{ 'eval/a.json': '{', 'eval/dvc.yaml': 'metrics: [gone.json]\n' },
    'other/dvc.yaml': 'metrics: {',
  };
  const { judged } = await judging(files, 'eval/*', 'none.json', 'other/dvc.yaml');
  await symlink('/etc/hosts', 'eval/c.json');
  const error = await judged({ evaluations: 'eval/*\nnone.json\nother/dvc.yaml' }).catch((e) => e);
  expect(error.problems.map(({ message }: { message: string }) => message)).toEqual([
    expect.stringContaining('No file fits the pattern "none.json"'),
    expect.stringContaining('The evaluation file "eval/c.json" is a link'),
    expect.stringContaining('This is not YAML'),
    'eval/dvc.yaml lists eval/gone.json, which is not there.',
    expect.stringContaining('This is not JSON'),
  ]);
});

test('all patterns of a side are one walk, and all that they list another', async () => {
  const files = {
    ...{ ...GOOD, 'x/dvc.yaml': 'metrics: [b.json]\n', 'y/dvc.yaml': 'metrics: [c.json]\n' },
    ...{ 'x/b.json': '{"loss": 1}', 'y/c.json': '{"f1": 1}' },
  };
  const { judged, walks } = await judging(files, 'eval/*.json', 'x/*.yaml', 'y/*.yaml');
  const { report } = await judged();
  expect(report.evidence.map(({ metric }) => metric).sort()).toEqual(['accuracy', 'f1', 'loss']);
  // One more is the policy, which is looked for links.
  expect(walks()).toBe(3);
});

test('a file whose name begins with two dots lies here', async () => {
  const files = {
    ...{ 'sub/dvc.yaml': 'metrics: [../..foo.json, ..bar.json]\n' },
    ...{ '..foo.json': '{"accuracy": 0.9}', 'sub/..bar.json': '{"f1": 1}' },
  };
  const { judged } = await judging(files, 'sub/dvc.yaml');
  const { outputs, report } = await judged();
  expect(outputs.verdict, report.remarks.join()).toBe('pass');
  expect(report.evidence).toHaveLength(2);
});

test('a baseline in files is the champion, in place of the version in the environment', async () => {
  const { judged } = await judging({ ...GOOD, 'base.json': '{"accuracy": 0.85}' }, 'eval/*.json');
  const baseline = { environment: 'live', 'champion-evaluations': 'base.json' };
  const gates = 'accuracy >= champion';
  const { outputs, page, report } = await judged({ ...baseline, gates });
  expect(outputs).toMatchObject({ verdict: 'pass', champion: '' });
  expect(report).toMatchObject({ champion_files: ['base.json'] });
  expect(report).not.toHaveProperty('champion_missing');
  expect(page).toContain('Champion: the files of champion-evaluations, and no version.');
  const without = await judged({ environment: 'live', gates });
  expect(without.report.gates).toMatchObject([{ verdict: 'not-applicable' }]);
});

test('the report says whose each number is, whether it is bound, and what sources dispute', async () => {
  const files = { ...GOOD, 'base.json': '{"accuracy": 0.85, "f1": null}', 'c.json': '{"f1": 0.4}' };
  const { judged } = await judging({ ...files, 'd.json': '{"f1": 0.5}' }, 'eval/*.json');
  const { report, page } = await judged({
    ...{ evaluations: 'eval/a.json\nc.json\nd.json', 'champion-evaluations': 'base.json' },
    gates: 'accuracy >= champion',
  });
  const unbound = { bound: false, unbound_because: expect.stringMatching(/./) };
  expect(report.gates[0]?.used).toMatchObject([
    { of: 'candidate', metric: 'accuracy', value: 0.9, ...unbound },
    { of: 'champion', metric: 'accuracy', value: 0.85, ...unbound },
  ]);
  expect(report.evidence.find(({ metric }) => metric === 'f1')).toEqual({
    metric: 'f1',
    conflict: ['0.4', '0.5'].map((value, index) => ({
      ...{ value, ...unbound },
      origin: expect.objectContaining({ path: ['c.json', 'd.json'][index] }),
    })),
  });
  expect(report.champion_evidence.find(({ metric }) => metric === 'f1')).toMatchObject({
    not_a_number: expect.stringContaining('null'),
    origin: { path: 'base.json' },
  });
  expect(page).toContain('Of the candidate, eval/a.json counts, but is unbound: its digest is not');
  expect(page).toContain('Of the champion, base.json counts, but is unbound: no version was given');
  expect(page.match(/counts, but is unbound/g)).toHaveLength(2);
});
