import { markdown } from '@passmuster/report/markdown.ts';
import { type RollbackReport, reportSchema } from '@passmuster/verbs/rollback/report.ts';
import { rollback } from '@passmuster/verbs/rollback/run.ts';
import { spec } from '@passmuster/verbs/rollback/spec.ts';
import { expect, test } from 'vitest';
import {
  BARE,
  dataIn,
  deploy,
  type Given,
  policyWith,
  portsOf,
  promoted,
  run,
  runsIn,
  stampOn,
  versionOf,
  type World,
  world,
} from '../deploy/serving.fixture.ts';
import { stands } from '../promote/running.fixture.ts';
import { runnerOf } from '../run-verb.ts';
import { standingIn } from '../validate/running.fixture.ts';
import { attended } from './moving.fixture.ts';

const told = runnerOf(spec, rollback, reportSchema());

async function back(at: World, given: Given = {}, ports: Parameters<typeof portsOf>[1] = {}) {
  const asked = {
    ...{ model: 'gpt-custom', environment: 'production', reason: 'errors doubled' },
    ...{ config: 'passmuster.yaml', registry: at.address, ...given },
  };
  const outcome = await told(asked, portsOf(at, { host: attended(), ...ports }));
  const page = markdown(outcome.page, 1e6).replace(/[\\`]/g, '');
  return { ...outcome, report: outcome.report as RollbackReport, page };
}

/** One that serves the second version, as `run` has left it. */
async function served(): Promise<World> {
  const at = await world();
  const outcome = await run(at);
  expect(outcome.outputs.outcome).toBe('promoted');
  at.double.reset();
  return at;
}

test('registry and cluster go back together, under one ticket', async () => {
  const at = await served();
  const outcome = await back(at);
  expect(outcome.result).toBe('done');
  expect(outcome.outputs).toMatchObject({ outcome: 'rolled-back', from: '2', to: '1' });
  expect(dataIn(at)).toMatchObject({ current_version: 'v1.0.0' });
  expect(await stands(at.address)).toMatchObject({ champion: '1' });
  expect(runsIn(at, 'stable', 'CURRENT_VERSION')).toEqual(['v1.0.0']);
  expect(outcome.report.steps.map(({ kind }) => kind)).toEqual([
    ...['stage', 'alias', 'configmap', 'restart'],
  ]);
});

test('a canary is no reason to refuse: it ends in the same patch', async () => {
  const at = await served();
  const canary = await deploy(at, { version: 'v1.2.0', canary: '10' });
  expect(canary.outputs.outcome).toBe('canary');
  const before = versionOf(at);
  const outcome = await back(at);
  expect(outcome.outputs).toMatchObject({ outcome: 'rolled-back', to: '1' });
  expect(dataIn(at)).toEqual({
    current_version: 'v1.0.0',
    canary_version: 'v1.0.0',
    canary_traffic_percentage: '0',
  });
  expect(versionOf(at)).not.toBe(before);
  const patches = at.double.requests.filter(
    ({ method, path, query }) =>
      method === 'PATCH' && path.endsWith('/configmaps/versions') && !query['dryRun'],
  );
  // The canary's own, and this one.
  expect(patches).toHaveLength(2);
  // By the record no canary holds anybody up any more.
  expect((await deploy(at)).outputs.outcome).toBe('unchanged');
});

test('a dry run shows both, and writes neither', async () => {
  const at = await served();
  const before = versionOf(at);
  const outcome = await back(at, { 'dry-run': 'true' });
  expect(outcome.outputs.outcome).toBe('planned');
  expect(outcome.page).toContain('- current_version in the ConfigMap ml/versions: v1.1.0');
  expect(outcome.page).toContain('+ current_version in the ConfigMap ml/versions: v1.0.0');
  expect(versionOf(at)).toBe(before);
});

test('where the old version does not start any more, all stands as before and says why', async () => {
  const at = await served();
  at.double.decide((_, env) =>
    env['CURRENT_VERSION'] === 'v1.0.0' ? 'main/CrashLoopBackOff/1' : undefined,
  );
  const outcome = await back(at);
  expect(outcome.result).toBe('refused');
  expect(outcome.outputs.outcome).toBe('put-back');
  expect(outcome.page).toContain('CrashLoopBackOff');
  expect(dataIn(at)).toMatchObject({ current_version: 'v1.1.0' });
  expect(stampOn(at, 'stable')).toMatchObject({ 'passmuster.dev/version': 'v1.1.0' });
  expect(await stands(at.address)).toMatchObject({ champion: '2' });
});

test('without the cluster nothing goes back, for the bad version would go on serving', async () => {
  const at = await served();
  const open = () => Promise.reject(new Error('it was opened'));
  await expect(back(at, {}, { openCluster: open })).rejects.toThrow('it was opened');
  expect(await stands(at.address)).toMatchObject({ champion: '2' });
});

test('what was served by a ConfigMap that nothing names any more is asked for', async () => {
  const at = await world({ policy: policyWith('', 'ml/versions') });
  await run(at);
  await standingIn({ 'passmuster.yaml': BARE });
  const refused = await back(at);
  expect(refused.result).toBe('refused');
  expect(refused.page).toContain('Give configmap: ml/versions');
  expect((await back(at, { configmap: 'ml/versions' })).outputs.outcome).toBe('rolled-back');
  expect(dataIn(at)).toMatchObject({ current_version: 'v1.0.0' });
});

test('what was promoted and never deployed goes back in the registry alone', async () => {
  const at = await world();
  await promoted(at);
  const outcome = await back(at);
  expect(outcome.outputs.outcome).toBe('rolled-back');
  expect(outcome.report.steps.map(({ kind }) => kind)).toEqual(['stage', 'alias']);
  expect(dataIn(at)).toMatchObject({ current_version: 'v1.0.0' });
});
