import { deploymentReading, statefulSetReading } from '@passmuster/cluster/double/seeds.ts';
import { expect, test } from 'vitest';
import { MODEL, move, sealed } from './moving.fixture.ts';
import { environmentOf, run } from './running.fixture.ts';
import {
  byHand,
  deployed,
  flat,
  inCluster,
  look,
  POLICY,
  recorded,
  saidBy,
  serving,
  stamped,
  trafficOf,
  WHERE,
  written,
} from './serving.fixture.ts';

test('what serves, who runs it, and that all of it agrees, by four requests', async () => {
  const world = await serving();
  await deployed(world, '1', '1');
  world.double.reset();
  const ended = await look(world);
  expect(ended.outputs).toEqual({ outcome: 'agrees', disagreements: 0, version: '1' });
  expect(ended.result).toBe('done');
  expect(inCluster(ended)).toEqual({
    configmap: 'ml/llm',
    there: true,
    current: '1',
    share: 0,
    workloads: [
      {
        kind: 'Deployment',
        name: 'api',
        keys: ['current_version'],
        version: '1',
        stale: false,
        rollout: { is: 'done', says: '1 pod of the new template, all available' },
        paused: false,
        ready: 1,
        wanted: 1,
      },
    ],
    moving: false,
    disagreements: [],
    remarks: [],
  });
  expect(ended.text).toMatch(/^PASS gpt-custom: production has number 1; everything agrees$/m);
  expect(ended.text).toContain('The ConfigMap ml/llm serves 1.');
  expect(ended.text).toMatch(/^Deployment api +current_version +1 +1 of 1 +done$/m);
  const seen = world.double.requests.map(({ method, path }) => `${method} ${path}`).sort();
  expect(seen).toEqual([
    'GET /api/v1/namespaces/ml/configmaps/llm',
    expect.stringContaining('GET /apis/apps/v1/namespaces/ml/daemonsets'),
    expect.stringContaining('GET /apis/apps/v1/namespaces/ml/deployments'),
    expect.stringContaining('GET /apis/apps/v1/namespaces/ml/statefulsets'),
  ]);
});

test('either way of writing a version is that version', async () => {
  const world = await serving();
  const to = { number: '2', version: 'v1.2.0' };
  await move(world.address, '2', { ...WHERE, more: { to } });
  for (const current of ['2', 'v1.2.0']) {
    await deployed(world, current, '2');
    expect(saidBy(await look(world))).toEqual([]);
  }
  byHand(world, { current_version: '2' });
  const hand = await look(world);
  expect(saidBy(hand)).toEqual([expect.stringContaining('runs with other values (v1.2.0)')]);
});

test('what a hand has set is told with its tool, with who runs what, and with what mends it', async () => {
  const world = await serving();
  await deployed(world, '1', '1');
  byHand(world, { current_version: 'v9' });
  const ended = await look(world);
  expect(ended.result).toBe('refused');
  expect(ended.outputs).toMatchObject({ outcome: 'disagrees', disagreements: 2 });
  const [current, stale] = saidBy(ended);
  expect(current).toMatch(
    /^The ConfigMap ml\/llm serves v9, but the ledger says number 1; the last move of it on record \(ticket 2, bob at .* UTC\) has left it at 1, so somebody has set it by hand with kubectl-edit at .* UTC\.$/,
  );
  expect(stale).toBe(
    'Deployment api runs with other values (1) than the ConfigMap ml/llm has now; a pod that starts anew gets those.',
  );
  expect(inCluster(ended)).toMatchObject({ writer: { name: 'kubectl-edit' } });
  expect(ended.text).toContain(
    'To have the cluster as the ledger says:\n\n  passmuster deploy --model gpt-custom --version number:1 --environment production\n\n',
  );
  expect(ended.text).toMatch(/registry agrees, CLUSTER DISAGREES$/m);
  expect(ended.text).toContain('2 disagreements, in production');
  expect(ended.annotations.map(({ level }) => level)).toEqual(['error', 'error']);
  expect(ended.annotations[0]?.message).toContain('--version number:1 --environment production`');
  const told = await look(world, { check: 'false' });
  expect([told.result, told.annotations[0]?.level]).toEqual(['done', 'warning']);
});

test('what the ledger says as well, but a hand has written, is a remark', async () => {
  const world = await serving();
  await deployed(world, '1', '1');
  await move(world.address, '2', WHERE);
  byHand(world, { current_version: '2' });
  await stamped(world);
  const ended = await look(world);
  expect(ended.outputs.disagreements).toBe(0);
  expect(flat(ended.text)).toContain('as the ledger does, but no move on record has written that');
});

test('what was promoted and not deployed, or never deployed at all, disagrees', async () => {
  const world = await serving();
  expect(saidBy(await look(world))).toEqual([
    'The ConfigMap ml/llm serves placeholder, but the ledger says number 1; no move on record has ever written it.',
  ]);
  await deployed(world, '1', '1');
  await move(world.address, '2', WHERE);
  expect(saidBy(await look(world))).toEqual([
    expect.stringMatching(
      /serves 1, but .* number 2; it was deployed so \(ticket 2, bob at .*\), and not again since\.$/,
    ),
  ]);
});

test('what a move that has stopped was to write is no hand of somebody', async () => {
  const world = await serving();
  await deployed(world, '1', '1');
  await written(world, { current_version: '2' });
  await recorded(world, '2', 'stopped', { current: '2', share: 0 });
  const [first] = saidBy(await look(world));
  expect(first).toContain('; deploy (ticket 3, stopped) was to write that.');
});

test('an environment that nothing was promoted to may serve what it likes', async () => {
  const world = await serving(`${POLICY}  staging: { configmap: ml/llm-staging }\n`);
  await deployed(world, '1', '1');
  const ended = await look(world, { environment: 'staging' });
  expect(ended.outputs.disagreements).toBe(0);
  expect(environmentOf(ended, 'staging')?.cluster).toMatchObject({
    there: false,
    remarks: [expect.stringMatching(/^There is no ConfigMap ml\/llm-staging at http/)],
  });
});

test('what does not run as it is to is told, with why', async () => {
  const world = await serving();
  await deployed(world, '1', '1');
  const { double } = world;
  const at = { namespace: 'ml', replicas: 2 };
  const never = { ...at, name: 'worker', state: 'never' };
  double.put(statefulSetReading('llm', 'current_version', never));
  const off = deploymentReading('llm', 'current_version', { ...at, name: 'off', replicas: 0 });
  double.put(off);
  const still = deploymentReading('llm', 'current_version', {
    ...{ ...at, name: 'still', state: 'never' },
    spec: { paused: true },
  });
  double.put(still);
  await double.until(() => double.list('Pod', 'ml').length >= 2);
  const ended = await look(world);
  expect(saidBy(ended)).toEqual([
    expect.stringMatching(/^Deployment still has failed to roll out: it is paused/),
    expect.stringMatching(/^StatefulSet worker is not rolled out: .* 0 ready\.$/),
  ]);
  expect(ended.text).toMatch(/^Deployment off .* not stamped +0 of 0 +done, no pods$/m);
  expect(ended.text).toMatch(/^Deployment still .* 0 of 2 +FAILED, paused$/m);
  expect(flat(ended.text)).toContain('kubectl rollout status statefulset/worker -n ml');
  expect(ended.text).toContain('Not stamped: which version its pods run nobody knows');
});

test('a ConfigMap of another model is nobody’s business, unless this one was deployed there', async () => {
  const world = await serving();
  await written(world, {}, { 'passmuster.dev/model': 'other' });
  const ended = await look(world);
  expect(ended.outputs.disagreements).toBe(0);
  expect(flat(ended.text)).toContain('The ConfigMap ml/llm says what serves of the model other.');
  await recorded(world, '1', 'done', { current: '1', share: 0 });
  expect(saidBy(await look(world))).toEqual([
    expect.stringMatching(/says what serves of the model other by now .* gpt-custom was deployed/),
  ]);
});

test('a ledger that the ConfigMap remembers otherwise was lost, or changed', async () => {
  const world = await serving();
  await deployed(world, '1', '1');
  const digest = `sha256:${'0'.repeat(64)}`;
  const witness = { 'passmuster.dev/ledger': `passmuster.${MODEL}/1 ${digest}` };
  await written(world, {}, witness);
  const ended = await look(world);
  expect(ended.result).toBe('refused');
  expect(ended.text).toContain('LEDGER BROKEN');
  expect(ended.report.models[0]?.problems).not.toEqual([]);
});

test('a ConfigMap or a namespace that is gone is told apart', async () => {
  const world = await serving();
  await deployed(world, '1', '1');
  world.double.delete('ConfigMap', 'ml', 'llm');
  expect(saidBy(await look(world))).toEqual([
    expect.stringMatching(/^There is no ConfigMap ml\/llm at http/),
  ]);
  const elsewhere = await serving(POLICY.replace('ml/llm', 'nowhere/llm'));
  expect(saidBy(await look(elsewhere))).toEqual([
    expect.stringMatching(/^There is no namespace nowhere at http/),
  ]);
});

test('a promotion that the cluster moved along with says so', async () => {
  const world = await serving();
  await written(world, { current_version: '2' });
  await stamped(world);
  const traffic = trafficOf({ current: '2', share: 0 });
  await move(world.address, '2', { ...WHERE, more: { traffic } });
  await sealed(world.address, '3', 'put-back', { ...WHERE, more: { traffic } });
  const ended = await look(world, { history: 'true' });
  expect(ended.outputs.disagreements).toBe(0);
  expect(ended.page.match(/the cluster moved along/g)).toHaveLength(2);
});

test('of several models each is held against what is its own', async () => {
  const world = await serving(`${POLICY}models: { other: {} }\n`);
  await deployed(world, '1', '1');
  await world.registry.createModel({ name: 'other' });
  await world.registry.createVersion({ model: 'other', source: 's3://m/1' });
  await move(world.address, '1', { ...WHERE, model: 'other' });
  world.double.reset();
  const ended = await run(world.address, { check: 'true' }, { openCluster: world.open });
  expect(ended.outputs.disagreements).toBe(0);
  expect(ended.text.match(/^What serves in .*$/gm)).toEqual([
    `What serves in ${MODEL}, production`,
  ]);
  expect(world.double.requests).toHaveLength(4);
  byHand(world, { current_version: '4' });
  const wrong = await run(world.address, { check: 'true' }, { openCluster: world.open });
  expect(wrong.outputs.disagreements).toBe(2);
  expect(flat(wrong.text)).toContain('- gpt-custom production: The ConfigMap ml/llm serves 4');
});
