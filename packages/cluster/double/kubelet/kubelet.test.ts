import { expect, test } from 'vitest';
import { ask, double } from '../double.fixture.ts';
import type { Double } from '../double.ts';
import { configMap, deploymentReading, type Reading, type SeedOptions } from '../seeds.ts';
import type { Pod } from '../workloads.ts';

async function started(options: Partial<SeedOptions> = {}) {
  const server = await double();
  server.put(configMap('models', { current: 'v1', other: 'x' }));
  server.put(deploymentReading('models', 'current', { name: 'api', replicas: 1, ...options }));
  return server;
}

const podOf = (server: Double) => server.list('Pod')[0] as Pod | undefined;

const reported = (server: Double) =>
  server.until(() => {
    const pod = podOf(server);
    return pod?.status?.conditions !== undefined && pod;
  });

const crashed = (reason: string, exitCode: number) => ({
  ready: false,
  restartCount: 3,
  lastState: { terminated: { reason, exitCode } },
});

const STATES: readonly (readonly [string, string, object])[] = [
  ['ready', 'Running', { containerStatuses: [{ ready: true, state: { running: {} } }] }],
  ['never', 'Running', { containerStatuses: [{ ready: false, state: { running: {} } }] }],
  [
    'main/CrashLoopBackOff/1',
    'Running',
    {
      containerStatuses: [
        { ...crashed('Error', 1), state: { waiting: { reason: 'CrashLoopBackOff' } } },
      ],
    },
  ],
  ['main/CrashLoopBackOff/137', 'Running', { containerStatuses: [crashed('OOMKilled', 137)] }],
  [
    'main/ImagePullBackOff',
    'Pending',
    { containerStatuses: [{ lastState: {}, state: { waiting: { reason: 'ImagePullBackOff' } } }] },
  ],
  [
    'init/CrashLoopBackOff/2',
    'Pending',
    {
      initContainerStatuses: [crashed('Error', 2)],
      containerStatuses: [{ state: { waiting: { reason: 'PodInitializing' } } }],
      conditions: [{}, { type: 'Initialized', status: 'False' }, {}, {}],
    },
  ],
  [
    'pending/0/3 nodes are available: 3 Insufficient gpu.',
    'Pending',
    {
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: '0/3 nodes are available: 3 Insufficient gpu.',
        },
      ],
    },
  ],
];

test.each(STATES)('a pod that is %s', async (state, phase, status) => {
  const as = state.startsWith('init') ? 'init-args' : 'env';
  const server = await started({ state, as });
  expect((await reported(server)).status).toMatchObject({ phase, ...status });
});

test('an annotation on a live pod counts from then on', async () => {
  const server = await started();
  const { name } = (await reported(server)).metadata;
  const says = (state: string | null) =>
    server.change('Pod', 'default', name, {
      metadata: { annotations: { 'stand-in/state': state } },
    });
  says('main/CrashLoopBackOff/1');
  await server.until(() => server.serving('default').length === 0);
  says(null);
  await server.until(() => server.serving('default').length === 1);
});

const READINGS: readonly (readonly [Reading, object])[] = [
  ['env', { env: { CURRENT: 'v1' }, args: { main: [] }, files: {} }],
  ['envFrom', { env: { current: 'v1', other: 'x' }, files: {} }],
  ['args', { env: { CURRENT: 'v1' }, args: { main: ['--version=v1'] } }],
  ['init-args', { env: { CURRENT: 'v1' }, args: { fetch: ['--version=v1'], main: [] } }],
  ['volume', { env: {}, files: { '/etc/models/current': 'v1', '/etc/models/other': 'x' } }],
  ['subPath', { env: {}, files: { '/etc/current': 'v1' } }],
];

test.each(READINGS)('what it runs with, read as %s', async (as, runs) => {
  const server = await started({ as });
  await server.until(() => server.serving('default').length === 1);
  const [serving] = server.serving('default', { app: 'api' });
  expect(serving).toMatchObject(runs);
  server.change('ConfigMap', 'default', 'models', { data: { current: 'v2' } });
  const [later] = server.serving('default', { app: 'api' });
  if (as === 'volume') expect(later?.files['/etc/models/current']).toBe('v2');
  else expect(later).toEqual(serving);
});

const MISSING: readonly (readonly [string, object | null, string])[] = [
  ['key', { current: null }, "couldn't find key current in ConfigMap default/models"],
  ['ConfigMap', null, 'configmap "models" not found'],
];

test.each(MISSING)('without its %s a pod cannot start, until it is there', async (_, data, why) => {
  const server = await double();
  if (data) server.put(configMap('models', { other: 'x' }));
  server.put(deploymentReading('models', 'current', { name: 'api', replicas: 1 }));
  const { status } = await reported(server);
  expect(status).toMatchObject({
    phase: 'Pending',
    containerStatuses: [
      { state: { waiting: { reason: 'CreateContainerConfigError', message: why } } },
    ],
  });
  server.put(configMap('models', { current: 'v1' }));
  await server.until(() => server.serving('default').length === 1);
});

test('what is optional may be missing', async () => {
  const server = await double();
  server.put(deploymentReading('none', 'current', { name: 'api', replicas: 1, optional: true }));
  await server.until(() => server.serving('default').length === 1);
});

test('a failure is told as an event of the pod', async () => {
  const server = await started({ state: 'main/ImagePullBackOff' });
  const { uid } = (await reported(server)).metadata;
  const query = `fieldSelector=involvedObject.uid%3D${uid}`;
  const answer = await ask(server, { path: `/api/v1/namespaces/default/events?${query}` });
  const { items } = answer.as<{ items: unknown[] }>();
  expect(items).toMatchObject([{ type: 'Warning', reason: 'BackOff' }]);
});

const log = (server: Double, query = '') => {
  const name = podOf(server)?.metadata.name;
  return ask(server, { path: `/api/v1/namespaces/default/pods/${name}/log${query}` });
};

test('what a pod wrote can be read', async () => {
  const server = await started();
  await server.until(() => server.serving('default').length === 1);
  expect((await log(server)).text).toBe('starting main\nlistening\n');
  server.logs((pod, container) => `${pod.metadata.labels?.['app']} in ${container}\nover\n`);
  expect((await log(server, '?container=main&tailLines=1')).text).toBe('over\n');
  server.logs(podOf(server)?.metadata.name ?? '', 'its own');
  expect((await log(server)).text).toBe('its own\n');
});

const UNREADABLE: readonly (readonly [string, string, number, string])[] = [
  ['pending/no node', '', 204, ''],
  ['main/ImagePullBackOff', '', 400, 'is waiting to start: trying and failing to pull image'],
  ['ready', '?container=none', 400, 'container none is not valid for pod'],
  ['ready', '?previous=true', 400, 'previous terminated container'],
];

test.each(UNREADABLE)('the log of one that is %s%s: %i', async (state, query, status, text) => {
  const server = await started({ state });
  await reported(server);
  const answer = await log(server, query);
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(text);
});

test('without a kubelet, pods wait for somebody who reports them', async () => {
  const server = await double({ kubelet: false });
  server.put(deploymentReading('none', 'current', { name: 'api', replicas: 1 }));
  const pod = await server.until(() => podOf(server));
  const { name } = pod.metadata;
  const body = { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } };
  const path = `/api/v1/namespaces/default/pods/${name}/status`;
  const type = 'application/strategic-merge-patch+json';
  expect(await ask(server, { method: 'PATCH', path, body, type })).toMatchObject({ status: 200 });
  await server.until(
    () =>
      (server.get('Deployment', 'default', 'api') as Pod | undefined)?.status?.[
        'availableReplicas'
      ] === 1,
  );
});

test('what comes due while the server is stopped is reported later', async () => {
  const server = await started({ state: 'after/30' });
  await reported(server);
  await server.stop();
  await new Promise((done) => setTimeout(done, 60));
  expect(server.serving('default')).toEqual([]);
  await server.restart();
  await server.until(() => server.serving('default').length === 1);
});
