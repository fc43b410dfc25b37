import { deploymentReading, statefulSetReading } from '@passmuster/cluster/double/seeds.ts';
import { configMapStep } from '@passmuster/core/cluster/steps.ts';
import { expect, test } from 'vitest';
import { leave, MODEL, move, sealed } from './moving.fixture.ts';
import { environmentOf, run } from './running.fixture.ts';
import {
  deployed,
  look,
  POLICY,
  recorded,
  type Serving,
  serving,
  settled,
  stamped,
  trafficOf,
  WHERE,
  written,
} from './serving.fixture.ts';

const inCluster = (ended: Awaited<ReturnType<typeof look>>) => environmentOf(ended)?.cluster;

/** What is said not to be as it should. */
const saidBy = (ended: Awaited<ReturnType<typeof look>>): string[] =>
  inCluster(ended)?.disagreements.map(({ says }) => says) ?? [];

/** As one reads it, without the breaks of lines. */
const flat = (text: string): string => text.replaceAll(/\n {2}/g, ' ');

const byHand = ({ double }: Serving, data: Readonly<Record<string, string>>) =>
  double.change('ConfigMap', 'ml', 'llm', { data }, 'kubectl-edit');

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
    'To have the cluster as the ledger says:\n\n  passmuster deploy --model gpt-custom --version 1 --environment production\n\n',
  );
  expect(ended.text).toMatch(/registry agrees, CLUSTER DISAGREES$/m);
  expect(ended.text).toContain('2 disagreements, in production');
  expect(ended.annotations.map(({ level }) => level)).toEqual(['error', 'error']);
  expect(ended.annotations[0]?.message).toContain('--version 1 --environment production`');
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

/** Number 1 serves, and 2 gets a tenth beside it. */
async function withCanary() {
  const world = await serving();
  await deployed(world, '1', '1');
  await written(world, { canary_version: '2', canary_traffic_percentage: '10' });
  await recorded(world, '2', 'canary', { current: '1', canary: '2', share: 10 });
  return world;
}

test('a canary is shown with its share, since when and by whom, and in the history', async () => {
  const world = await withCanary();
  const api = deploymentReading('llm', 'canary_version', { name: 'canary', namespace: 'ml' });
  world.double.put(api);
  await settled(world.double, 'canary');
  await stamped(world);
  const ended = await look(world, { history: 'true' });
  expect(ended.outputs).toEqual({ outcome: 'agrees', disagreements: 0, version: '1' });
  expect(environmentOf(ended)).toMatchObject({
    canary: { version: { number: '2' }, share: 10, by: { actor: 'bob' }, ticket: '3' },
    cluster: { canary: '2', share: 10, workloads: [{ version: '1' }, { version: '2' }] },
    version: { number: '1' },
    how: 'promoted',
  });
  expect(ended.text).toContain('number 1 with canary number 2 at 10 %; everything agrees');
  expect(ended.text).toMatch(/agrees, canary at 10 %$/m);
  expect(ended.text).toMatch(
    /canary number 2 takes part at 10 % since \S+ \S+ UTC, by bob \(ticket 3\)/,
  );
  await written(world, { canary_version: '1', canary_traffic_percentage: '0' });
  await recorded(world, '1', 'done', { current: '1', share: 0 });
  await stamped(world);
  const dropped = await look(world, { history: 'true' });
  const whats = dropped.text.match(/(canary 2 at 10 %|canary dropped|deployed 1|promoted) {2}/g);
  expect(whats?.map((one) => one.trim())).toEqual([
    'canary dropped',
    'canary 2 at 10 %',
    'deployed 1',
    'promoted',
  ]);
  expect(environmentOf(dropped)?.canary).toBeUndefined();
  expect(environmentOf(dropped)?.history?.[1]).toMatchObject({
    verb: 'deploy',
    outcome: 'canary',
    traffic: { configmap: 'ml/llm', current: '1', canary: '2', share: 10 },
  });
});

test.each<[string, Record<string, string>, RegExp, string]>([
  [
    'another share',
    { canary_traffic_percentage: '50' },
    /^The canary is number 2 at 10 % by the ledger \(ticket 3, .*\), but .* says that 2 gets 50 % /,
    '--version 2 --environment production --canary 10',
  ],
  [
    'another version',
    { canary_version: '3' },
    /says that 3 gets 10 % of the traffic\.$/,
    '--version 2 --environment production --canary 10',
  ],
  [
    'none',
    { canary_traffic_percentage: '0' },
    /says that no canary takes part\.$/,
    '--environment production --canary drop',
  ],
])('a canary on record, and %s in the cluster, disagree', async (_, data, says, command) => {
  const world = await withCanary();
  byHand(world, data);
  const ended = await look(world);
  expect(saidBy(ended)).toEqual([expect.stringMatching(says)]);
  expect(inCluster(ended)?.disagreements[0]?.commands).toEqual([
    `passmuster deploy --model gpt-custom ${command}`,
  ]);
});

test('a canary that nobody has put on record has to go before anything is deployed', async () => {
  const world = await serving();
  await deployed(world, '1', '1');
  byHand(world, {
    current_version: '4',
    canary_version: '3',
    canary_traffic_percentage: '5',
  });
  await stamped(world);
  const ended = await look(world);
  expect(saidBy(ended)[1]).toContain('says that 3 gets 5 % of the traffic, and no move on record');
  const [drop, deploy] = inCluster(ended)?.disagreements[0]?.commands ?? [];
  expect(drop).toMatch(/--canary drop$/);
  expect(deploy).toMatch(/--version 1 /);
});

test('a share that nobody can read is told as that, and nothing is guessed from it', async () => {
  const world = await withCanary();
  byHand(world, { canary_traffic_percentage: 'ten' });
  const ended = await look(world);
  expect(saidBy(ended)).toEqual([
    expect.stringContaining('canary_traffic_percentage: ten, which is no percentage'),
  ]);
  expect(inCluster(ended)?.share).toBeUndefined();
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

/** A deployment of number 2 whose run has gone, with the ConfigMap written or not. */
async function left(isWritten: boolean) {
  const world = await serving();
  await deployed(world, '1', '1');
  const seen = await world.cluster.configMap({ namespace: 'ml', name: 'llm' });
  const change = { data: new Map([['current_version', '2']]), annotations: new Map() };
  const steps = [configMapStep({ namespace: 'ml', name: 'llm' }, seen, change)];
  await move(world.address, '2', WHERE);
  const traffic = trafficOf({ current: '2', share: 0 });
  const more = { steps, traffic, verb: 'deploy' as const };
  await leave(world.address, '2', { ...WHERE, verb: 'deploy', more });
  if (isWritten) await written(world, { current_version: '2' });
  return world;
}

test.each([
  [false, 'not yet'],
  [true, 'done'],
])('a deployment that was left is under way, and told how far it has come', async (is, stands) => {
  const world = await left(is);
  const ended = await look(world);
  expect(ended.outputs.disagreements).toBe(1);
  expect(inCluster(ended)).toMatchObject({ moving: true, disagreements: [] });
  expect(flat(ended.text)).toContain('ticket 4 of alice was begun and has no end');
  expect(flat(ended.text)).toContain(
    `serves 2, is being carried out: the ConfigMap ml/llm ${stands}.`,
  );
  expect(ended.report.models[0]?.waiting[0]?.steps).toMatchObject([{ kind: 'configmap' }]);
  byHand(world, { current_version: '3' });
  const foreign = await look(world);
  expect(saidBy(foreign)[0]).toContain('The ConfigMap ml/llm serves 3');
});
