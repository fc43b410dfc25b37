import { describe, expect, test } from 'vitest';
import { historyOf } from '../promote/running.fixture.ts';
import {
  asked,
  type Data,
  dataIn,
  deploy,
  notesIn,
  promoted,
  run,
  runsIn,
  SERVES,
  stampOn,
  versionOf,
  type World,
  world,
  written,
} from './serving.fixture.ts';

const CONFIGMAP = 'PATCH configmaps/versions';
const STABLE = 'PATCH deployments/stable';
const CANARY = 'PATCH deployments/canary';

const canary = (at: World, share = '10', version = 'v1.1.0') =>
  deploy(at, { version, canary: share });

/** What is on record of production, the last move of it. */
const lastOf = async ({ address }: World) => (await historyOf(address, 'production')).at(-1);

describe('what a rollout can be', () => {
  test('full: the version serves, and `canary_version` stays as it is', async () => {
    const at = await world({ data: { ...SERVES, canary_version: 'v0.9.0' } });
    await promoted(at);
    const { result, outputs, page } = await deploy(at);
    expect(result).toBe('done');
    expect(outputs).toMatchObject({ outcome: 'deployed', from: '2', to: '2' });
    expect(outputs['promotion-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(written(at)).toEqual([CONFIGMAP, STABLE]);
    expect(dataIn(at)).toEqual({ ...SERVES, current_version: 'v1.1.0', canary_version: 'v0.9.0' });
    expect(runsIn(at, 'stable', 'CURRENT_VERSION')).toEqual(['v1.1.0']);
    expect(page).toContain('gpt-custom v1.1.0 (number 2) serves in production now');
    const last = await lastOf(at);
    expect(last?.number).toBe(outputs.record);
    expect(last?.outcome).toBe('done');
    expect(last?.record).toMatchObject({
      ...{ verb: 'deploy', to: { number: '2', version: 'v1.1.0' } },
      traffic: { configmap: 'ml/versions', current: 'v1.1.0', share: 0 },
    });
    expect(last?.record?.['to']).not.toHaveProperty('ticket');
  });

  test('a canary at a share: beside what serves, in one patch, and no alias moves', async () => {
    const at = await world();
    const { outputs, page, report } = await canary(at, '10');
    expect(outputs).toMatchObject({ outcome: 'canary', from: '1', to: '2' });
    expect(written(at)).toEqual([CONFIGMAP, CANARY]);
    expect(dataIn(at)).toEqual({
      ...{ current_version: 'v1.0.0', canary_version: 'v1.1.0' },
      canary_traffic_percentage: '10',
    });
    expect(runsIn(at, 'stable', 'CURRENT_VERSION')).toEqual(['v1.0.0']);
    expect(runsIn(at, 'canary', 'CANARY_VERSION')).toEqual(['v1.1.0']);
    expect(page).toContain('is a canary in production at 10 % beside v1.0.0 (number 1)');
    expect(report.outcome).toBe('canary');
    const last = await lastOf(at);
    expect(last?.outcome).toBe('canary');
    expect(last?.record).toMatchObject({
      ...{ verb: 'deploy', from: { number: '1' }, to: { number: '2' }, verdict: 'pass' },
      traffic: { current: 'v1.0.0', canary: 'v1.1.0', share: 10 },
    });
    // The environment has what it had.
    const again = await deploy(at, { version: 'v1.0.0' });
    expect(again.said).toContain('A canary of v1.1.0 (number 2) runs in production at 10 %');
  });

  test('another share of it: nobody is restarted who does not read it', async () => {
    const at = await world();
    await canary(at, '10');
    at.double.reset();
    const { outputs, page } = await canary(at, '50 %');
    expect(outputs.outcome).toBe('canary');
    expect(written(at)).toEqual([CONFIGMAP]);
    expect(dataIn(at)).toMatchObject({ canary_version: 'v1.1.0', canary_traffic_percentage: '50' });
    expect(page).toContain('at 50 %');
  });

  test.each([
    ['promoted and deployed', async (at: World) => promoted(at).then(() => deploy(at))],
    ['run', (at: World) => run(at)],
  ])('a canary that is %s is current, in one patch', async (_, becomes) => {
    const at = await world();
    await canary(at);
    at.double.reset();
    const { result, said } = await becomes(at);
    expect(result, said).toBe('done');
    expect(written(at)).toEqual([CONFIGMAP, STABLE]);
    expect(dataIn(at)).toEqual({
      ...{ current_version: 'v1.1.0', canary_version: 'v1.1.0' },
      canary_traffic_percentage: '0',
    });
    expect(await lastOf(at)).toMatchObject({
      outcome: 'done',
      record: { traffic: { current: 'v1.1.0', share: 0 } },
    });
    // And nothing is left of it.
    const next = await deploy(at, { version: 'v1.2.0', canary: '5' });
    expect(next.outputs.outcome, next.said).toBe('canary');
  });

  test('a canary dropped: `canary_version` is what serves', async () => {
    const at = await world();
    await canary(at);
    at.double.reset();
    const { outputs, page } = await deploy(at, { canary: 'drop' });
    expect(outputs).toMatchObject({ outcome: 'dropped', from: '1', to: '1' });
    expect(written(at)).toEqual([CONFIGMAP, CANARY]);
    expect(dataIn(at)).toEqual(SERVES);
    expect(runsIn(at, 'canary', 'CANARY_VERSION')).toEqual(['v1.0.0']);
    expect(page).toContain(
      'The canary of gpt-custom in production is dropped: v1.0.0 (number 1) serves alone',
    );
    expect((await lastOf(at))?.outcome).toBe('done');
    const again = await deploy(at, { canary: 'drop' });
    expect(again.outputs.outcome).toBe('unchanged');
    expect(again.page).toContain('No canary of gpt-custom runs in production');
  });

  test('a canary of no traffic runs beside, and holds nobody up', async () => {
    const at = await world();
    expect((await canary(at, '0')).outputs.outcome).toBe('canary');
    expect(dataIn(at)).toMatchObject({ canary_version: 'v1.1.0', canary_traffic_percentage: '0' });
    const other = await run(at, { version: 'v1.2.0' });
    expect(other.outputs.outcome, other.said).toBe('promoted');
  });
});

describe('again', () => {
  test.each([
    ['a full one', {}],
    ['a canary', { version: 'v1.2.0', canary: '10' }],
  ])('%s changes nothing: no PATCH, no ticket', async (_, given) => {
    const at = await world();
    await promoted(at);
    await deploy(at);
    const first = await deploy(at, given);
    expect(first.result, first.said).toBe('done');
    at.double.reset();
    const [before, last] = [versionOf(at), await lastOf(at)];
    const { result, outputs, page } = await deploy(at, given);
    expect(result).toBe('done');
    expect(outputs.outcome).toBe('unchanged');
    expect(at.double.requests.map(({ method }) => method)).not.toContain('PATCH');
    expect(versionOf(at)).toBe(before);
    expect((await lastOf(at))?.number).toBe(last?.number);
    expect(page).toMatch(/already/);
  });

  test('a run that is there already changes nothing', async () => {
    const at = await world();
    await run(at);
    at.double.reset();
    const { outputs } = await run(at);
    expect(outputs.outcome).toBe('unchanged');
    expect(at.double.requests.map(({ method }) => method)).not.toContain('PATCH');
  });

  test('one that was promoted alone is served by a run', async () => {
    const at = await world();
    await promoted(at);
    const { outputs, page } = await run(at);
    expect(outputs.outcome, page).toBe('promoted');
    expect(written(at)).toEqual([CONFIGMAP, STABLE]);
    expect(dataIn(at)).toMatchObject({ current_version: 'v1.1.0' });
  });

  test('what a hand has put there is put right, and told', async () => {
    const at = await world();
    await run(at);
    at.double.change('ConfigMap', 'ml', 'versions', { data: { current_version: 'v9' } });
    const { outputs, page } = await deploy(at);
    expect(outputs.outcome).toBe('deployed');
    expect(page).toContain('current_version had been set to v9 by hand: by the record, v1.1.0');
    expect(dataIn(at)).toMatchObject({ current_version: 'v1.1.0' });
  });
});

describe('planned', () => {
  const DRY = { 'dry-run': 'true' };

  test.each<[string, (at: World) => Promise<unknown>, Data, string, string]>([
    ['full', promoted, {}, '- current_version in the ConfigMap ml/versions: v1.0.0', 'stable'],
    [
      ...(['a canary', async () => {}, { version: 'v1.1.0', canary: '10' }] as const),
      ...(['+ canary_version in the ConfigMap ml/versions: v1.1.0', 'canary'] as const),
    ],
    [
      ...(['dropped', canary, { canary: 'drop' }] as const),
      ...(['- canary_traffic_percentage in the ConfigMap ml/versions: 10', 'canary'] as const),
    ],
  ])('%s: a diff that the server has judged', async (_, prepare, given, line, workload) => {
    const at = await world();
    await prepare(at);
    at.double.reset();
    const { result, outputs, page } = await deploy(at, { ...DRY, ...given });
    expect(result).toBe('done');
    expect(outputs).toMatchObject({ outcome: 'planned', record: '' });
    expect(page).toContain(line);
    expect(page).toContain(`+ Deployment ml/${workload}: runs v1.`);
    expect(at.double.requests.map(asked).filter((one) => one.startsWith('PATCH'))).toEqual([
      `${CONFIGMAP} (dry run)`,
      `PATCH deployments/${workload} (dry run)`,
    ]);
  });

  test('stores nothing', async () => {
    const at = await world();
    await promoted(at);
    const [before, last] = [versionOf(at), await lastOf(at)];
    await deploy(at, DRY);
    await run(at, { ...DRY, version: 'v1.2.0' });
    expect(versionOf(at)).toBe(before);
    expect(written(at)).toEqual([]);
    expect((await lastOf(at))?.number).toBe(last?.number);
    expect(stampOn(at, 'stable')).toEqual({});
  });

  test('what the server refuses is told before anything moves', async () => {
    const at = await world();
    await promoted(at);
    at.double.onRequest(({ method, query }) =>
      method === 'PATCH' && query['dryRun'] !== undefined ? { status: 403 } : undefined,
    );
    const last = await lastOf(at);
    await expect(deploy(at, DRY)).rejects.toThrow(/Could not change the ConfigMap ml\/versions/);
    await expect(deploy(at)).rejects.toThrow(/Could not change the ConfigMap ml\/versions/);
    expect(written(at)).toEqual([]);
    expect((await lastOf(at))?.number).toBe(last?.number);
  });
});

test('annotations say which model, which number, by which move, of which ledger, and what was before', async () => {
  const at = await world();
  await promoted(at);
  const before = await lastOf(at);
  const { outputs } = await deploy(at);
  expect(notesIn(at)).toEqual({
    'passmuster.dev/model': 'gpt-custom',
    'passmuster.dev/number': '2',
    'passmuster.dev/promotion': outputs['promotion-id'],
    'passmuster.dev/ledger': `passmuster.gpt-custom/${before?.number} ${before?.digest}`,
    'passmuster.dev/earlier': JSON.stringify(SERVES),
  });
});

test('of what was never started by us nobody says that it serves; who is named is started all the same', async () => {
  const at = await world();
  const { outputs, page } = await deploy(at);
  expect(outputs.outcome).toBe('unchanged');
  expect(page).toContain('Deployment ml/stable was never started by us');
  expect(page).toContain('restart: deployment/stable starts it anew');
  const named = await deploy(at, { restart: 'deployment/stable' });
  expect(named.outputs.outcome).toBe('deployed');
  expect(stampOn(at, 'stable')).toMatchObject({ 'passmuster.dev/version': 'v1.0.0' });
});
