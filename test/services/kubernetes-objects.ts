import { randomBytes } from 'node:crypto';
import { STATE } from './kubelet.ts';
import { type KubernetesApi, type KubernetesObject, MERGE_PATCH } from './kubernetes-api.ts';

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet';

export interface Workload {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  /** Of a DaemonSet there are as many as nodes. */
  readonly replicas?: number;
  /** What its container reads into the environment when it starts. */
  readonly reads?: { readonly configMap: string; readonly key: string };
  /** What its pods become under the kubelet's stand-in. */
  readonly state?: string;
  readonly progressDeadlineSeconds?: number;
  /** With a container that has to end before the main one starts. */
  readonly withInit?: boolean;
  /** Whose pods they are without being put there. */
  readonly node?: string;
}

export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** The name under which RBAC knows somebody, and a token if that was asked for. */
export interface ServiceAccount {
  readonly name: string;
  readonly user: string;
  readonly token: string;
}

/** One of its own for every test, so that none waits for another's. */
export async function createNamespace(
  api: KubernetesApi,
  name = `test-${randomBytes(4).toString('hex')}`,
): Promise<string> {
  await created(api, '/api/v1/namespaces', { metadata: { name } });
  return name;
}

export const createConfigMap = (
  api: KubernetesApi,
  namespace: string,
  name: string,
  data: Readonly<Record<string, string>>,
): Promise<KubernetesObject> =>
  created(api, `/api/v1/namespaces/${namespace}/configmaps`, { metadata: { name }, data });

/** Where objects of a kind are, or one of them. */
export const workloadPath = (kind: WorkloadKind, namespace: string, name?: string): string =>
  [`/apis/apps/v1/namespaces/${namespace}/${kind.toLowerCase()}s`, ...(name ? [name] : [])].join(
    '/',
  );

export const createWorkload = (api: KubernetesApi, workload: Workload): Promise<KubernetesObject> =>
  created(api, workloadPath(workload.kind, workload.namespace), workloadOf(workload));

/** What `createWorkload` sends. */
export function workloadOf(workload: Workload): Readonly<Record<string, unknown>> {
  const {
    kind,
    name,
    replicas = 1,
    state,
    progressDeadlineSeconds,
    withInit,
    reads,
    node,
  } = workload;
  const labels = { app: name };
  const image = 'registry.invalid/model-server:1';
  const valueFrom = reads && { configMapKeyRef: { name: reads.configMap, key: reads.key } };
  const env = valueFrom ? [{ name: 'MODEL_VERSION', valueFrom }] : [];
  const template = {
    metadata: { labels, ...(state !== undefined && { annotations: { [STATE]: state } }) },
    spec: {
      ...(node !== undefined && { nodeName: node }),
      containers: [{ name: 'main', image, env }],
      ...(withInit === true && { initContainers: [{ name: 'fetch', image }] }),
    },
  };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, labels },
    spec: {
      selector: { matchLabels: labels },
      template,
      ...(kind !== 'DaemonSet' && { replicas }),
      ...(kind === 'StatefulSet' && { serviceName: name }),
      ...(kind === 'Deployment' &&
        progressDeadlineSeconds !== undefined && { progressDeadlineSeconds }),
    },
  };
}

/** Lets a user do in one namespace what the rules say. */
export async function grant(
  api: KubernetesApi,
  namespace: string,
  user: string,
  rules: readonly Rule[],
): Promise<void> {
  const name = `role-${randomBytes(4).toString('hex')}`;
  const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
  const apiGroup = 'rbac.authorization.k8s.io';
  await created(api, `${rbac}/roles`, { metadata: { name }, rules });
  await created(api, `${rbac}/rolebindings`, {
    metadata: { name },
    roleRef: { apiGroup, kind: 'Role', name },
    subjects: [{ apiGroup, kind: 'User', name: user }],
  });
}

/** A service account that may do what the rules say, with a token that is asked for. */
export async function createServiceAccount(
  api: KubernetesApi,
  namespace: string,
  name: string,
  rules: readonly Rule[],
  expirationSeconds = 3600,
): Promise<ServiceAccount> {
  const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  const user = `system:serviceaccount:${namespace}:${name}`;
  await created(api, accounts, { metadata: { name } });
  await grant(api, namespace, user, rules);
  const asked = await created(api, `${accounts}/${name}/token`, { spec: { expirationSeconds } });
  return { name, user, token: String(asked.status?.['token']) };
}

/** For the pods of DaemonSets; no other pod is put on it. */
export async function createNode(api: KubernetesApi, name: string): Promise<void> {
  await created(api, '/api/v1/nodes', { metadata: { name } });
  // It is born with one that says it is not ready, which keeps everything away.
  await api('PATCH', `/api/v1/nodes/${name}`, { spec: { taints: null } }, MERGE_PATCH);
}

async function created(
  api: KubernetesApi,
  path: string,
  object: Readonly<Record<string, unknown>>,
): Promise<KubernetesObject> {
  const { status, body } = await api('POST', path, object);
  if (status !== 201) throw new Error(`${path} answers ${status}: ${body.message}`);
  return body;
}
