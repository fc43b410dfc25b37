import { dirname } from 'node:path';
import { tool } from './install.ts';
import { type KubernetesAccess, type KubernetesObject, kubernetesApi } from './kubernetes-api.ts';
import type { TokenUser } from './kubernetes-identities.ts';
import type { Program } from './service.ts';

export interface KubernetesPrograms {
  readonly etcd: string;
  readonly apiserver: string;
  readonly controllerManager: string;
  readonly kubectl: string;
}

/** Those that are pinned, or those that the machine has for tests of other projects (envtest). */
export async function kubernetesPrograms(): Promise<KubernetesPrograms> {
  const own = dirname(await tool('kubernetes'));
  const given = process.env['KUBEBUILDER_ASSETS'];
  return {
    etcd: given ? `${given}/etcd` : await tool('etcd'),
    apiserver: `${given || own}/kube-apiserver`,
    // It is not among those.
    controllerManager: `${own}/kube-controller-manager`,
    kubectl: `${given || own}/kubectl`,
  };
}

export function etcd(program: string, folder: string, port: number): Program {
  const url = `http://127.0.0.1:${port}`;
  const flags = [
    `--data-dir=${folder}/etcd`,
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    // It has no peers.
    '--listen-peer-urls=http://127.0.0.1:0',
    '--log-level=warn',
    '--unsafe-no-fsync',
  ];
  return {
    name: 'etcd',
    program,
    args: flags,
    ready: async (signal) => (await fetch(`${url}/health`, { signal })).ok,
  };
}

export function apiserver(
  program: string,
  etcdPort: number,
  access: KubernetesAccess,
  flags: readonly string[],
): Program {
  const where = [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${new URL(access.url).port}`,
    // Nobody looks for the server in the cluster, and it would refuse to be found at this address.
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.0.0.0/24',
  ];
  // Pods need no service account that a controller would have to make.
  const asks = ['--authorization-mode=RBAC', '--disable-admission-plugins=ServiceAccount'];
  return {
    name: 'the API server of Kubernetes',
    program,
    args: [...where, ...asks, ...flags],
    ready: async (signal) => (await kubernetesApi(access, signal)('GET', '/readyz')).status === 200,
  };
}

const CONTROLLERS = [
  'deployment',
  'replicaset',
  'statefulset',
  'daemonset',
  'garbagecollector',
  'namespace',
];

export function controllerManager(program: string, admin: TokenUser): Program {
  const flags = [
    `--kubeconfig=${admin.kubeconfig}`,
    `--controllers=${CONTROLLERS.join()}`,
    '--leader-elect=false',
    // It serves nothing.
    '--secure-port=0',
    // With what is usual, a second rollout takes ten times as long as a first.
    '--kube-api-qps=1000',
    '--kube-api-burst=2000',
  ];
  return {
    name: 'the controllers of Kubernetes',
    program,
    args: flags,
    ready: (signal) => controllersWork(admin.access, signal),
  };
}

const TRIAL = '/apis/apps/v1/namespaces/kube-system/deployments';

/** Whether somebody looked at a Deployment of ours, which wants no pods. */
async function controllersWork(access: KubernetesAccess, signal: AbortSignal): Promise<boolean> {
  const api = kubernetesApi(access, signal);
  const labels = { app: 'trial' };
  const container = { name: 'main', image: 'registry.invalid/none' };
  await api('POST', TRIAL, {
    metadata: { name: 'trial' },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  });
  const { body } = await api<KubernetesObject>('GET', `${TRIAL}/trial`);
  if (body.status?.['observedGeneration'] === undefined) return false;
  await api('DELETE', `${TRIAL}/trial`);
  return true;
}
