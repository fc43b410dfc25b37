import { expect, test } from 'vitest';
import { double } from '../double.fixture.ts';
import type { Double } from '../double.ts';
import { configMap, daemonSetReading, statefulSetReading } from '../seeds.ts';
import type { StatefulSet } from '../workloads.ts';

interface Status {
  readonly observedGeneration?: number;
  readonly readyReplicas?: number;
  readonly updatedReplicas?: number;
  readonly currentReplicas?: number;
  readonly currentRevision?: string;
  readonly updateRevision?: string;
  readonly conditions?: unknown;
  readonly numberAvailable?: number;
  readonly updatedNumberScheduled?: number;
}

const statusOf = (server: Double, kind: string): Status =>
  (server.get(kind, 'default', 'db') as StatefulSet | undefined)?.status ?? {};

const observed = (server: Double, kind = 'StatefulSet') =>
  statusOf(server, kind).observedGeneration ===
  server.get(kind, 'default', 'db')?.metadata.generation;

async function started() {
  const server = await double();
  server.put(configMap('models', { current: 'v1' }));
  server.put(statefulSetReading('models', 'current', { name: 'db', replicas: 3 }));
  await server.until(() => statusOf(server, 'StatefulSet').currentReplicas === 3);
  await server.until(() => statusOf(server, 'StatefulSet').readyReplicas === 3);
  return server;
}

const change = (server: Double, annotations: object | null, more: object = {}) =>
  server.change('StatefulSet', 'default', 'db', {
    spec: { ...more, template: { metadata: { annotations } } },
  });

const serves = (server: Double) =>
  server.serving('default', { app: 'db' }).map(({ pod, env }) => `${pod} ${env['CURRENT']}`);

const finished = (server: Double) => {
  const { currentRevision, updateRevision, readyReplicas } = statusOf(server, 'StatefulSet');
  return observed(server) && currentRevision === updateRevision && readyReplicas === 3;
};

test('its pods come in order and are replaced from the last', async () => {
  const server = await started();
  expect(statusOf(server, 'StatefulSet').conditions).toBeUndefined();
  server.change('ConfigMap', 'default', 'models', { data: { current: 'v2' } });
  change(server, { stamp: '1' });
  const seen = new Set<string>();
  await server.until(() => {
    for (const one of serves(server)) if (one.endsWith('v2')) seen.add(one);
    return finished(server) && seen.size === 3;
  });
  expect([...seen]).toEqual(['db-2 v2', 'db-1 v2', 'db-0 v2']);
});

test('a pod that never serves stays, repaired template or not, until it is deleted', async () => {
  const server = await started();
  change(server, { 'stand-in/state': 'never' });
  const stuck = await server.until(() => {
    const pod = server.get('Pod', 'default', 'db-2');
    return pod?.metadata.annotations?.['stand-in/state'] === 'never' && pod;
  });
  change(server, null);
  await server.until(() => observed(server));
  // Whatever else happens: it stays.
  server.change('StatefulSet', 'default', 'db', { metadata: { labels: { look: 'again' } } });
  await new Promise((done) => setTimeout(done, 50));
  expect(server.get('Pod', 'default', 'db-2')?.metadata.uid).toBe(stuck.metadata.uid);
  expect(statusOf(server, 'StatefulSet').readyReplicas).toBe(2);
  server.delete('Pod', 'default', 'db-2');
  await server.until(() => finished(server));
});

test('above the partition only', async () => {
  const server = await started();
  change(server, { stamp: '1' }, { updateStrategy: { rollingUpdate: { partition: 2 } } });
  await server.until(
    () =>
      statusOf(server, 'StatefulSet').updatedReplicas === 1 &&
      statusOf(server, 'StatefulSet').readyReplicas === 3,
  );
  const { currentRevision, updateRevision, currentReplicas } = statusOf(server, 'StatefulSet');
  expect(currentRevision).not.toBe(updateRevision);
  expect(currentReplicas).toBe(2);
  // A pod below it that is lost comes back as it was.
  const lost = server.get('Pod', 'default', 'db-0');
  server.delete('Pod', 'default', 'db-0');
  const back = await server.until(() => {
    const pod = server.get('Pod', 'default', 'db-0');
    return pod !== undefined && pod.metadata.uid !== lost?.metadata.uid && pod;
  });
  expect(back.metadata.labels).toEqual(lost?.metadata.labels);
  change(server, { stamp: '1' }, { updateStrategy: { rollingUpdate: { partition: 0 } } });
  await server.until(() => finished(server));
});

test('a DaemonSet has a pod on each node, and replaces them one by one', async () => {
  const server = await double({ nodes: 3 });
  server.put(configMap('models', { current: 'v1' }));
  server.put(daemonSetReading('models', 'current', { name: 'db' }));
  await server.until(() => statusOf(server, 'DaemonSet').numberAvailable === 3);
  server.change('ConfigMap', 'default', 'models', { data: { current: 'v2' } });
  const template = { metadata: { annotations: { stamp: '1' } } };
  server.change('DaemonSet', 'default', 'db', { spec: { template } });
  let least = 3;
  await server.until(() => {
    least = Math.min(least, serves(server).length);
    const { numberAvailable, updatedNumberScheduled } = statusOf(server, 'DaemonSet');
    return observed(server, 'DaemonSet') && numberAvailable === 3 && updatedNumberScheduled === 3;
  });
  expect(least).toBe(2);
  expect(serves(server).every((one) => one.endsWith('v2'))).toBe(true);
});
