import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestOf } from '@passmuster/core/cluster/roles/manifest.ts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Kubernetes, startKubernetes } from '../services/kubernetes.ts';
import { type KubernetesApi, kubernetesApi, MERGE_PATCH } from '../services/kubernetes-api.ts';
import {
  createNamespace,
  createNode,
  createServiceAccount,
  createWorkload,
  workloadPath,
} from '../services/kubernetes-objects.ts';
import { run } from '../services/run.ts';

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

let cluster: Kubernetes;
let namespace: string;
let limited: KubernetesApi;

const patch = (kind: (typeof KINDS)[number], change: object) =>
  limited('PATCH', workloadPath(kind, namespace, 'api'), change, MERGE_PATCH);

const ofPods = (metadata: object) => ({ spec: { template: { metadata } } });

beforeAll(async () => {
  cluster = await startKubernetes();
  const api = kubernetesApi(cluster.admin.access);
  namespace = await createNamespace(api);
  await createNode(api, 'node');
  for (const kind of KINDS) await createWorkload(api, { kind, namespace, name: 'api' });
  const { token } = await createServiceAccount(api, namespace, 'passmuster', []);
  limited = kubernetesApi({ ...cluster.admin.access, token });
  const manifest = manifestOf(
    {
      configmap: { namespace, name: 'versions' },
      subject: { kind: 'ServiceAccount', namespace, name: 'passmuster' },
      isReadOnly: false,
      restarted: 'readers',
      creates: false,
      deletesPods: false,
    },
    true,
  );
  const file = join(cluster.folder, 'rbac.yaml');
  await writeFile(file, manifest);
  const applied = await run(cluster.kubectl, [
    ...['--kubeconfig', cluster.kubeconfig],
    ...['apply', '-f', file],
  ]);
  expect(applied).toMatchObject({ code: 0 });
  // The server takes it in by and by; until then each of these is a change.
  let seconds = 0;
  await vi.waitFor(
    async () => {
      const { status } = await patch('Deployment', { spec: { minReadySeconds: ++seconds } });
      expect(status).toBe(422);
    },
    { timeout: 60_000, interval: 200 },
  );
});

afterAll(() => cluster?.stop());

describe.each(KINDS)('of a %s', (kind) => {
  test.each<[string, object]>([
    ['a stamp may be set', ofPods({ annotations: { 'passmuster.dev/version': 'v1' } })],
    ['a stamp may be changed', ofPods({ annotations: { 'passmuster.dev/version': 'v2' } })],
    ['a stamp may be taken away', ofPods({ annotations: { 'passmuster.dev/version': null } })],
    ['nothing may be changed', {}],
  ])('%s', async (_, change) => {
    const { status, body } = await patch(kind, change);
    expect([status, body.message]).toEqual([200, undefined]);
  });

  test.each<[string, object]>([
    ['image', { spec: { template: { spec: { containers: [{ name: 'main', image: 'other' }] } } } }],
    ['service account', { spec: { template: { spec: { serviceAccountName: 'other' } } } }],
    [
      'other annotation of its pods',
      ofPods({ annotations: { 'sidecar.istio.io/inject': 'true' } }),
    ],
    ['label of its pods', ofPods({ labels: { x: 'y' } })],
    ['pace', { spec: { minReadySeconds: 555 } }],
    ['label of its own', { metadata: { labels: { x: 'y' } } }],
    ['annotation of its own', { metadata: { annotations: { x: 'y' } } }],
    ['finalizer', { metadata: { finalizers: ['example.com/x'] } }],
  ])('no %s may be changed', async (_, change) => {
    const { status, body } = await patch(kind, change);
    expect(status).toBe(422);
    expect(body.message).toContain('Only annotations of the pod template that begin with');
  });
});
