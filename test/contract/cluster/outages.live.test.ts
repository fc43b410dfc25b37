import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '@passmuster/core/cluster/cluster.ts';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Kubelet, startKubelet } from '../../services/kubelet.ts';
import { type Kubernetes, startKubernetes } from '../../services/kubernetes.ts';
import { type KubernetesApi, kubernetesApi } from '../../services/kubernetes-api.ts';
import {
  createConfigMap,
  createNamespace,
  createServiceAccount,
  createWorkload,
  grant,
} from '../../services/kubernetes-objects.ts';
import { startFollower } from './follower.ts';
import { failing, hintOf, only, openedBy, refOf } from './world.ts';

let kubernetes: Kubernetes;
let kubelet: Kubelet;
let cluster: Cluster;
let api: KubernetesApi;
let namespace: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/passmuster-outages-`);
  kubernetes = await startKubernetes();
  api = kubernetesApi(kubernetes.admin.access);
  cluster = await openedBy({ kubeconfig: kubernetes.kubeconfig });
  namespace = await createNamespace(api);
  kubelet = startKubelet({ ...kubernetes.admin.access, namespace });
  await createConfigMap(api, namespace, 'models', { llm: '1' });
});

afterAll(async () => {
  await kubelet?.stop();
  await cluster?.close();
  await kubernetes?.stop();
  await rm(folder, { recursive: true, force: true });
});

const models = () => ({ namespace, name: 'models' });

async function opened(...args: Parameters<typeof openedBy>): Promise<Cluster> {
  const one = await openedBy(...args);
  onTestFinished(() => one.close());
  return one;
}

const READS = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }];
const FOLLOWS = [
  ...READS,
  { apiGroups: ['apps'], resources: ['deployments'], verbs: ['list', 'watch'] },
];

test('a token of a service account, which is deleted in the middle', async () => {
  const account = await createServiceAccount(api, namespace, 'ci', FOLLOWS);
  const { url, ca } = kubernetes;
  const ci = await opened({ server: url, ca, token: account.token });
  expect((await ci.configMap(models()))?.data.get('llm')).toBe('1');
  const follower = startFollower(ci, refOf('Deployment', namespace, 'nothing'));
  await follower.until((workload) => workload === undefined);
  await api('DELETE', `/api/v1/namespaces/${namespace}/serviceaccounts/ci`);
  // Its watch goes on, and what was accepted lately is for some seconds more.
  const error = await (async () => {
    for (;;) {
      const answer = await ci.configMap(models()).catch((thrown: unknown) => thrown);
      if (answer instanceof Error) return failing(Promise.reject(answer));
      await sleep(250);
    }
  })();
  expect(error.failure).toMatchObject({ reason: 'denied', effect: 'none', status: 401 });
  expect(hintOf(error)).toContain('its account is no longer there');
  expect(JSON.stringify([error.problems, error.message])).not.toContain(account.token);
  await follower.stop();
});

test('a certificate of one’s own, in a kubeconfig of several contexts', async () => {
  const carol = await kubernetes.certified('carol');
  await grant(api, namespace, 'carol', READS);
  const own = await opened({ kubeconfig: carol.kubeconfig });
  expect((await own.configMap(models()))?.data.get('llm')).toBe('1');
  const error = await failing(own.changeConfigMap(await read(), only({ llm: '2' })));
  expect(hintOf(error)).toContain('bound to "carol": - {apiGroups: [""], resources: [configmaps]');
});

async function read() {
  const seen = await cluster.configMap(models());
  if (seen === undefined) throw new Error('It is not there.');
  return seen;
}

test('a plugin that gives a token, and another one when that is refused', async () => {
  const { url, ca, adminToken } = kubernetes;
  const plugin = `${folder}/plugin.cjs`;
  const script = `#!${process.execPath}
const fs = require('node:fs');
const first = !fs.existsSync(${JSON.stringify(`${folder}/ran`)});
fs.appendFileSync(${JSON.stringify(`${folder}/ran`)}, process.env.KUBERNETES_EXEC_INFO + '\\n');
const token = first ? 'of-yesterday' : process.env.GIVEN;
console.log(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token } }));
`;
  await writeFile(plugin, script);
  await chmod(plugin, 0o755);
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: './plugin.cjs',
    env: [{ name: 'GIVEN', value: adminToken }],
    provideClusterInfo: true,
  };
  const data = Buffer.from(ca).toString('base64');
  const config = {
    'current-context': 'other',
    contexts: [
      { name: 'other', context: { cluster: 'none', user: 'none' } },
      { name: 'plugged', context: { cluster: 'test', user: 'plugged' } },
    ],
    clusters: [{ name: 'test', cluster: { server: url, 'certificate-authority-data': data } }],
    users: [{ name: 'plugged', user: { exec } }],
  };
  await writeFile(`${folder}/config`, JSON.stringify(config));
  const plugged = await opened({ kubeconfig: `${folder}/config`, context: 'plugged' });
  expect((await plugged.configMap(models()))?.name).toBe('models');
  expect((await plugged.configMap(models()))?.name).toBe('models');
  const { readFile } = await import('node:fs/promises');
  const infos = (await readFile(`${folder}/ran`, 'utf8')).trimEnd().split('\n');
  expect(infos.map((info) => JSON.parse(info).spec.cluster.server)).toEqual([url, url]);
});

test('an authority that did not sign the server’s certificate', async () => {
  const { url, adminToken } = kubernetes;
  const stranger = await opened({ server: url, token: adminToken });
  const error = await failing(stranger.configMap(models()));
  expect(error.failure).toEqual({ reason: 'unreachable', effect: 'none', lasting: true });
  expect(hintOf(error)).toContain('`ca`');
});

test('a server that is killed while it is followed, and comes back', async () => {
  const ref = refOf('Deployment', namespace, 'killed');
  await createWorkload(api, { ...ref, replicas: 1 });
  const follower = startFollower(cluster, ref);
  await follower.until((workload) => workload?.counts.available === 1);
  await kubernetes.apiserver.kill();
  const error = await failing(cluster.workload(ref, { within: 1000 }));
  expect(error.failure.reason).toMatch(/unreachable|unanswered/);
  expect(error.failure.effect).toBe('none');
  const lost = await failing(cluster.changeConfigMap(LAST, only({ llm: '2' })));
  expect(lost.failure).toMatchObject({ reason: 'unreachable', effect: 'none' });
  await kubernetes.apiserver.start();
  const seen = await cluster.workload(ref);
  if (seen === undefined) throw new Error('It is gone.');
  const { generation } = await cluster.stamp(seen, new Map([['a', '1']]));
  await follower.until((workload) => (workload?.generation ?? 0) >= generation);
  await follower.stop();
});

const LAST = {
  namespace: 'default',
  name: 'any',
  uid: 'any',
  resourceVersion: '1',
  data: new Map(),
  binaryKeys: [],
  labels: new Map(),
  annotations: new Map(),
  isImmutable: false,
  managers: [],
};

test('a server that is frozen for a while', async () => {
  const ref = refOf('Deployment', namespace, 'frozen');
  await createWorkload(api, { ...ref, replicas: 1 });
  const follower = startFollower(cluster, ref);
  await follower.until((workload) => workload?.counts.available === 1);
  const seen = await read();
  kubernetes.apiserver.freeze();
  const error = await failing(cluster.changeConfigMap(seen, only({ llm: '2' }), { within: 1000 }));
  expect(error.failure).toEqual({ reason: 'unanswered', effect: 'unknown' });
  expect(hintOf(error)).toContain('Whether it took effect all the same is not known.');
  await sleep(3000);
  kubernetes.apiserver.thaw();
  const now = await cluster.workload(ref);
  if (now === undefined) throw new Error('It is gone.');
  const { generation } = await cluster.stamp(now, new Map([['a', '1']]));
  await follower.until((workload) => (workload?.generation ?? 0) >= generation);
  await follower.stop();
});

test('a server that says nothing any more is asked anew', { timeout: 120_000 }, async () => {
  const ref = refOf('Deployment', namespace, 'silent');
  await createWorkload(api, { ...ref, replicas: 1 });
  const follower = startFollower(cluster, ref);
  await follower.until((workload) => workload?.counts.available === 1);
  // Longer than the silence that is borne.
  await sleep(33_000);
  const seen = await cluster.workload(ref);
  if (seen === undefined) throw new Error('It is gone.');
  await cluster.stamp(seen, new Map([['a', '1']]));
  await follower.until((workload) => workload?.template.annotations.get('a') === '1');
  await follower.stop();
});
