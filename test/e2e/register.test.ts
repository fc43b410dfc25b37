import { expect, test } from 'vitest';
import { folderWith } from '../verify/folder.ts';
import { runStep } from './step.ts';
import { JOB, startGithub, startRegistry } from './surrounding-services.ts';

const TOKEN = 'registry-token-s3cret';
const GITHUB_TOKEN = 'ghs_s3cret';

const registry = (): Promise<string> => startRegistry(TOKEN);

/** A job of a repository whose default branch has this policy. */
const jobWith = async (policy: string, permissions: readonly ('contents' | 'actions')[]) => ({
  ...JOB,
  GITHUB_API_URL: await startGithub(policy, GITHUB_TOKEN, permissions),
  MLFLOW_TRACKING_TOKEN: TOKEN,
});

const inputs = { model: 'gpt-custom', source: 's3://models/1', 'github-token': GITHUB_TOKEN };

test('a step that registers, to where the policy of the default branch says', async () => {
  const address = await registry();
  const env = await jobWith(`registry: ${address}\n`, ['contents', 'actions']);
  const path = await folderWith({ 'model.bin': 'weights' });
  const given = { ...inputs, path, version: 'v1.0.0' };
  const step = await runStep('register', { inputs: given, env });
  expect(step).toMatchObject({ code: 0, errors: '' });
  expect(step.outputs).toMatchObject({ outcome: 'registered', version: 'v1.0.0', number: '1' });
  expect(step.summary).toMatch(/^### ✅ \*\*PASS\*\* `gpt-custom` `v1\.0\.0` is registered/);
  expect(step.summary).toContain('default branch of');
  const again = await runStep('register', { inputs: given, env });
  expect(again.outputs).toEqual({
    ...step.outputs,
    outcome: 'unchanged',
    report: expect.stringContaining('"outcome": "unchanged"'),
  });

  const verified = await runStep('verify', {
    inputs: { path, model: 'gpt-custom', version: 'v1.0.0', registry: address },
    env,
  });
  expect(verified.outputs).toMatchObject({ verdict: 'pass', digest: step.outputs['digest'] });
});

test('what is secret is masked before anything is printed, and never printed', async () => {
  const env = await jobWith(`registry: ${await registry()}\n`, ['contents']);
  const step = await runStep('register', { inputs: { ...inputs, version: 'v1.0.0' }, env });
  expect(step.code).toBe(0);
  const masks = step.log.matchAll(/^::add-mask::(.*)$/gm);
  const masked = Array.from(masks, ([, secret]) => secret);
  expect(masked).toEqual(expect.arrayContaining([TOKEN, GITHUB_TOKEN]));
  const shown = step.log.replaceAll(/^::add-mask::.*$/gm, '');
  expect(shown + step.errors + step.summary).not.toMatch(/s3cret/);
  expect(step.log.indexOf(`::add-mask::${TOKEN}`)).toBeLessThan(step.log.indexOf('│'));
});

test('a step that may not read the policy is told which line is missing', async () => {
  const env = await jobWith('{}', []);
  const step = await runStep('register', { inputs: { ...inputs, version: 'v1.0.0' }, env });
  expect(step.code).toBe(4);
  expect(step.log).toContain('contents: read');
});

test('a registry that cannot be reached, and one that wants another token', async () => {
  const env = await jobWith('{}', ['contents']);
  const address = await registry();
  const register = (more: Record<string, string>, others: Record<string, string> = {}) =>
    runStep('register', {
      inputs: { ...inputs, version: 'v1.0.0', ...more },
      env: { ...env, ...others },
    });
  const denied = await register({ registry: address }, { MLFLOW_TRACKING_TOKEN: 'wrong-token' });
  expect(denied.code).toBe(4);
  expect(denied.log).toMatch(/MLFLOW_TRACKING_TOKEN/);
  expect(denied.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('wrong-token');
  const nowhere = await register({});
  expect(nowhere.code).toBe(2);
  expect(nowhere.log).toContain('No registry is named');
});

test('a registry in a file, relative to the workspace, which warns on a hosted runner', async () => {
  const env = await jobWith('registry: embedded:registry.db\n', ['contents']);
  const workspace = await folderWith({});
  const step = await runStep('register', {
    inputs: { ...inputs, version: 'v1.0.0' },
    env: { ...env, GITHUB_WORKSPACE: workspace, RUNNER_ENVIRONMENT: 'github-hosted' },
  });
  expect(step.code, step.log).toBe(0);
  expect(step.log).toMatch(/^::warning.*ends with the job/m);
});
