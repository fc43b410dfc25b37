import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Kubelet, startKubelet } from './kubelet.ts';
import { type Kubernetes, startKubernetes } from './kubernetes.ts';
import { type KubernetesApi, kubernetesApi, MERGE_PATCH } from './kubernetes-api.ts';
import {
  createConfigMap,
  createNamespace,
  createNode,
  createServiceAccount,
  createWorkload,
  grant,
  type Workload,
  workloadPath,
} from './kubernetes-objects.ts';
import { run } from './run.ts';
import { TOOLS } from './tools.ts';

let cluster: Kubernetes;
let kubelet: Kubelet;
let namespace: string;
let api: KubernetesApi;

beforeAll(async () => {
  cluster = await startKubernetes();
  api = kubernetesApi(cluster.admin.access);
  namespace = await createNamespace(api);
  kubelet = startKubelet({ ...cluster.admin.access, namespace });
  await createConfigMap(api, namespace, 'models', { llm: '1' });
});

afterAll(async () => {
  await kubelet?.stop();
  await cluster?.stop();
});

const READS = { configMap: 'models', key: 'llm' };
const MAY_READ = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }];
const configMap = () => `/api/v1/namespaces/${namespace}/configmaps/models`;

const statusOf = async ({ kind, name }: Pick<Workload, 'kind' | 'name'>) =>
  (await api('GET', workloadPath(kind, namespace, name))).body.status ?? {};

const eventually = (check: () => Promise<void>) =>
  vi.waitFor(check, { timeout: 60_000, interval: 50 });

const create = (name: string, more: Partial<Workload> = {}): Promise<unknown> =>
  createWorkload(api, { kind: 'Deployment', namespace, name, reads: READS, ...more });

test('says its version', async () => {
  const { body } = await api<{ gitVersion: string }>('GET', '/version');
  const given = process.env['KUBEBUILDER_ASSETS'];
  expect(body.gitVersion).toBe(given ? body.gitVersion : `v${TOOLS.kubernetes.version}`);
});

test('rolls out under the stand-in for nodes, of every kind', async () => {
  await createNode(api, 'node');
  await create('stable', { replicas: 3 });
  await create('ordered', { kind: 'StatefulSet', replicas: 2 });
  await create('everywhere', { kind: 'DaemonSet' });
  await eventually(async () => {
    expect(await statusOf({ kind: 'Deployment', name: 'stable' })).toMatchObject({
      availableReplicas: 3,
      updatedReplicas: 3,
    });
    const ordered = await statusOf({ kind: 'StatefulSet', name: 'ordered' });
    expect(ordered).toMatchObject({ availableReplicas: 2 });
    const everywhere = await statusOf({ kind: 'DaemonSet', name: 'everywhere' });
    expect(everywhere).toMatchObject({ numberAvailable: 1 });
  });
});

test('does not finish what cannot start', async () => {
  await create('crashing', { state: 'main/CrashLoopBackOff/1', progressDeadlineSeconds: 1 });
  await create('stuck', { state: 'init/ImagePullBackOff', withInit: true });
  await create('homeless', { state: 'pending/0/3 nodes are available' });
  const pods = async (name: string) => {
    const path = `/api/v1/namespaces/${namespace}/pods?labelSelector=app%3D${name}`;
    return (await api('GET', path)).body.items ?? [];
  };
  await eventually(async () => {
    const { availableReplicas, conditions } = await statusOf({
      kind: 'Deployment',
      name: 'crashing',
    });
    expect(availableReplicas).toBeUndefined();
    expect(conditions).toContainEqual(
      expect.objectContaining({ reason: 'ProgressDeadlineExceeded', status: 'False' }),
    );
    const states = await Promise.all(['crashing', 'stuck', 'homeless'].map(pods));
    expect(states.map(([pod]) => pod?.status)).toMatchObject([
      { phase: 'Running', containerStatuses: [{ lastState: { terminated: { exitCode: 1 } } }] },
      { phase: 'Pending', initContainerStatuses: [{ state: { waiting: {} } }] },
      { phase: 'Pending', conditions: [{ message: '0/3 nodes are available' }] },
    ]);
  });
});

test('becomes ready late, and fails after it was ready', async () => {
  await create('late', { state: 'after/1000' });
  await create('soaked', { state: 'ready-then/1500/CrashLoopBackOff/137' });
  const available = async (name: string) =>
    (await statusOf({ kind: 'Deployment', name }))['availableReplicas'];
  await eventually(async () => expect(await available('soaked')).toBe(1));
  expect(await available('late')).toBeUndefined();
  await eventually(async () => expect(await available('late')).toBe(1));
  await eventually(async () => expect(await available('soaked')).toBeUndefined());
});

test('asks RBAC about users by token, by certificate and of a token that was asked for', async () => {
  const alice = cluster.user('alice');
  const reads = async (who: Parameters<typeof kubernetesApi>[0]) =>
    (await kubernetesApi(who)('GET', configMap())).status;
  expect(await reads(alice.access)).toBe(403);
  await grant(api, namespace, 'alice', MAY_READ);
  await eventually(async () => expect(await reads(alice.access)).toBe(200));

  const eve = await cluster.certified('eve', ['guests']);
  expect(await reads(eve.access)).toBe(403);
  await grant(api, namespace, 'eve', MAY_READ);
  await eventually(async () => expect(await reads(eve.access)).toBe(200));

  const account = await createServiceAccount(api, namespace, 'ci', MAY_READ);
  const { url, ca } = cluster;
  await eventually(async () => expect(await reads({ url, ca, token: account.token })).toBe(200));
  expect(await reads({ url, ca, token: 'nobody' })).toBe(401);
});

test('talks to kubectl', async () => {
  const args = ['get', 'configmap', 'models', '--namespace', namespace, '--output', 'name'];
  const env = { KUBECONFIG: cluster.kubeconfig, HOME: cluster.folder };
  const { code, output } = await run(cluster.kubectl, args, { env });
  expect(output).toBe('configmap/models\n');
  expect(code).toBe(0);
});

test.each(['kill', 'stop'] as const)('goes on after a %s', async (end) => {
  await api('PATCH', configMap(), { data: { llm: end } }, MERGE_PATCH);
  await cluster.apiserver[end]();
  expect(cluster.apiserver.isThere()).toBe(false);
  await expect(api('GET', configMap())).rejects.toThrow('ECONNREFUSED');
  await cluster.apiserver.start();
  expect((await api('GET', configMap())).body.data).toEqual({ llm: end });
  await create(`after-${end}`, { replicas: 2 });
  await eventually(async () =>
    expect(await statusOf({ kind: 'Deployment', name: `after-${end}` })).toMatchObject({
      availableReplicas: 2,
    }),
  );
});

test('says nothing while it is frozen', async () => {
  cluster.apiserver.freeze();
  try {
    const patience = AbortSignal.timeout(500);
    const asked = kubernetesApi(cluster.admin.access, patience)('GET', configMap());
    await expect(asked).rejects.toThrow('aborted');
  } finally {
    cluster.apiserver.thaw();
  }
  expect((await api('GET', configMap())).status).toBe(200);
});

test('leaves nothing when it stops', async () => {
  const other = await startKubernetes();
  const mine = await running(other.folder);
  expect(mine).toHaveLength(3);
  other.apiserver.freeze();
  await other.stop();
  await expect(access(other.folder)).rejects.toThrow('ENOENT');
  await expect(kubernetesApi(other.admin.access)('GET', '/readyz')).rejects.toThrow('ECONNREFUSED');
  expect(await running(other.folder)).toEqual([]);
});

test('leaves nothing when its test is killed', async () => {
  const module = new URL('kubernetes.ts', import.meta.url);
  const code = `import { startKubernetes } from ${JSON.stringify(module)};
    process.stdout.write((await startKubernetes()).folder);
    setInterval(() => undefined, 1000);`;
  const tester = spawn(process.execPath, ['--input-type=module', '--eval', code]);
  const [said] = await once(tester.stdout, 'data');
  const folder = String(said);
  expect(await running(folder)).toHaveLength(3);
  tester.kill('SIGKILL');
  await eventually(async () => {
    await expect(access(folder)).rejects.toThrow('ENOENT');
    expect(await running(folder)).toEqual([]);
  });
});

/** The programs, without their guards, of which the command line names the folder. */
async function running(folder: string): Promise<string[]> {
  const lines = (await readdir('/proc'))
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
  return (await Promise.all(lines)).filter(
    (line) => line.includes(folder) && !line.includes('guard.ts'),
  );
}
