import { expect, test } from 'vitest';
import { ask, double } from '../double.fixture.ts';
import type { Double } from '../double.ts';
import { configMap, deploymentReading, type SeedOptions } from '../seeds.ts';
import type { Deployment, ReplicaSet } from '../workloads.ts';

const MINUTE = 60_000;

const api = (server: Double) => server.get('Deployment', 'default', 'api') as Deployment;

const progressing = (server: Double) =>
  api(server).status?.conditions?.find(({ type }) => type === 'Progressing');

const says = (server: Double, reason: string) =>
  server.until(
    () =>
      api(server).status?.observedGeneration === api(server).metadata.generation &&
      progressing(server)?.reason === reason,
    MINUTE,
  );

const available = (server: Double) => says(server, 'NewReplicaSetAvailable');

async function started(options: Partial<SeedOptions> = {}) {
  // A second that lasts 30 ms: deadlines come soon.
  const server = await double({ second: 30 });
  server.put(configMap('models', { current: 'v1' }));
  server.put(deploymentReading('models', 'current', { name: 'api', replicas: 3, ...options }));
  await available(server);
  return server;
}

const stamp = (server: Double, value: string | null, more: object = {}) =>
  server.change('Deployment', 'default', 'api', {
    spec: { ...more, template: { metadata: { annotations: { stamp: value } } } },
  });

const serves = (server: Double) =>
  server.serving('default', { app: 'api' }).map(({ env }) => env['CURRENT']);

const sets = (server: Double) =>
  (server.list('ReplicaSet') as ReplicaSet[]).map(({ metadata, spec }) => [
    metadata.annotations?.['deployment.kubernetes.io/revision'],
    spec.replicas,
  ]);

test('it rolls out, and says so', async () => {
  const server = await started();
  expect(api(server).status).toMatchObject({
    observedGeneration: 1,
    replicas: 3,
    updatedReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
  });
  expect(api(server).status).not.toHaveProperty('unavailableReplicas');
  expect(serves(server)).toEqual(['v1', 'v1', 'v1']);
});

test('a ConfigMap alone restarts nothing; a stamp brings what it says then', async () => {
  const server = await started();
  server.change('ConfigMap', 'default', 'models', { data: { current: 'v2' } });
  expect(api(server).metadata.generation).toBe(1);
  expect(serves(server)).toEqual(['v1', 'v1', 'v1']);
  stamp(server, '1');
  expect(api(server).status?.observedGeneration).toBe(1);
  await available(server);
  expect(serves(server)).toEqual(['v2', 'v2', 'v2']);
});

test('while it rolls, enough pods serve and not too many are there', async () => {
  const server = await started();
  const seen: number[][] = [];
  stamp(server, '1');
  await server.until(() => {
    seen.push([serves(server).length, server.list('Pod').length]);
    return (
      progressing(server)?.reason === 'NewReplicaSetAvailable' &&
      api(server).status?.observedGeneration === 2
    );
  });
  expect(Math.min(...seen.map(([serving]) => serving ?? 0))).toBe(3);
  expect(Math.max(...seen.map(([, all]) => all ?? 0))).toBe(4);
});

test('pods that crash end in the deadline, and the old ones serve on', async () => {
  const server = await started();
  server.decide((_, env) => (env['CURRENT'] === 'v2' ? 'main/CrashLoopBackOff/1' : undefined));
  server.change('ConfigMap', 'default', 'models', { data: { current: 'v2' } });
  stamp(server, '1', { progressDeadlineSeconds: 2 });
  await says(server, 'ProgressDeadlineExceeded');
  expect(progressing(server)?.status).toBe('False');
  expect(api(server).status).toMatchObject({
    replicas: 4,
    availableReplicas: 3,
    updatedReplicas: 1,
    unavailableReplicas: 1,
  });
  expect(serves(server)).toEqual(['v1', 'v1', 'v1']);
  // The template of before brings its own set back, under a new revision.
  stamp(server, null);
  await available(server);
  expect(sets(server).sort()).toEqual([
    ['2', 0],
    ['3', 3],
  ]);
});

test('what becomes ready after the deadline is a success after all', async () => {
  const server = await started();
  stamp(server, '1', { progressDeadlineSeconds: 1 });
  server.decide((pod) => (pod.metadata.annotations?.['stamp'] ? 'after/200' : undefined));
  await says(server, 'ProgressDeadlineExceeded');
  await available(server);
});

test('a pod that fails later makes it unavailable, not unfinished', async () => {
  const server = await started({ state: 'ready-then/60/Error/1' });
  await server.until(() => api(server).status?.availableReplicas === undefined);
  const conditions = api(server).status?.conditions?.map(({ type, status }) => `${type} ${status}`);
  expect(conditions?.sort()).toEqual(['Available False', 'Progressing True']);
});

test('paused, it sees the change and does nothing', async () => {
  const server = await started();
  stamp(server, '1', { paused: true });
  await says(server, 'DeploymentPaused');
  expect(progressing(server)?.status).toBe('Unknown');
  expect(api(server).status).toMatchObject({ observedGeneration: 2, replicas: 3 });
  expect(api(server).status?.updatedReplicas).toBeUndefined();
  server.change('Deployment', 'default', 'api', { spec: { paused: null } });
  await available(server);
  expect(api(server).status?.updatedReplicas).toBe(3);
});

test('scaled to nothing, it is done with nothing', async () => {
  const server = await started();
  server.change('Deployment', 'default', 'api', { spec: { replicas: 0 } });
  await server.until(() => server.list('Pod').length === 0);
  await available(server);
  await server.until(() => api(server).status?.replicas === undefined);
  expect(api(server).status?.availableReplicas).toBeUndefined();
});

test('all at once where that is asked for', async () => {
  const server = await started({ spec: { strategy: { type: 'Recreate' } } });
  stamp(server, '1');
  await server.until(() => serves(server).length === 0);
  await available(server);
  expect(serves(server)).toHaveLength(3);
});

const REFUSED: readonly (readonly [object, string])[] = [
  [{ spec: { replicas: -1 } }, 'must be greater than or equal to 0'],
  [{ spec: { replicas: '3' } }, 'cannot unmarshal string into Go struct field DeploymentSpec.spec'],
  [{ spec: { selector: { matchLabels: { a: 'b' } } } }, 'spec.selector: Invalid value'],
  [{ spec: { template: { metadata: { labels: { app: 'b' } } } } }, 'does not match template'],
  [
    { spec: { template: { metadata: { annotations: { 'no key': '' } } } } },
    'name part must consist',
  ],
  [{ spec: { template: { metadata: { labels: { a: 'no value' } } } } }, 'a valid label must be'],
  [{ metadata: { annotations: { '/x': '' } } }, 'prefix part must be non-empty'],
];

test.each(REFUSED)('%j is refused', async (body, message) => {
  const server = await started({ replicas: 0 });
  const path = '/apis/apps/v1/namespaces/default/deployments/api';
  const answer = await ask(server, { method: 'PATCH', path, body });
  expect(answer.failure).toMatchObject({ code: 422, reason: 'Invalid' });
  expect(answer.failure.message).toContain(message);
});

const COUNTED: readonly (readonly [string, object, number])[] = [
  ['its spec', { spec: { replicas: 2 } }, 1],
  ['its annotations', { metadata: { annotations: { a: 'b' } } }, 1],
  ['its labels', { metadata: { labels: { a: 'b' } } }, 0],
  ['its status, from outside', { status: { replicas: 7 } }, 0],
  ['nothing', {}, 0],
];

test.each(COUNTED)('a change of %s counts: %j', async (_, body, more) => {
  const server = await started();
  const path = '/apis/apps/v1/namespaces/default/deployments/api';
  const answer = await ask(server, { method: 'PATCH', path, body });
  expect(answer.as().metadata.generation).toBe(1 + more);
});

test('what it made goes with it, unless that is to stay', async () => {
  const server = await started();
  const path = '/apis/apps/v1/namespaces/default/deployments/api';
  await ask(server, { method: 'DELETE', path: `${path}?propagationPolicy=Orphan` });
  expect(server.list('Pod')).toHaveLength(3);
  server.put(deploymentReading('models', 'current', { name: 'other', replicas: 1 }));
  await server.until(() => server.list('Pod').length === 4);
  await ask(server, { method: 'DELETE', path: path.replace(/api$/, 'other') });
  await server.until(() => server.list('Pod').length === 3);
});

test('history is kept as long as it says', async () => {
  const server = await started({ replicas: 1, spec: { revisionHistoryLimit: 2 } });
  for (const value of ['1', '2', '3', '4']) {
    stamp(server, value);
    await available(server);
  }
  await server.until(() => server.list('ReplicaSet').length === 3);
});
