import type { Named } from '@passmuster/core/cluster/cluster.ts';
import type { WorkloadKind, WorkloadRef } from '@passmuster/core/cluster/workload.ts';
import { InputError } from '@passmuster/core/errors.ts';
import { found, quotable } from '@passmuster/core/quote.ts';

export const WORKLOAD_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

const RESOURCES: Readonly<Record<WorkloadKind, string>> = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
};

/** What a path may not be left by: every name that Kubernetes allows is of these signs. */
const NAME = /^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,253}$/;

function part(name: string): string {
  if (NAME.test(name)) return name;
  throw new InputError(`${found(name)} is no name of an object of Kubernetes.`);
}

export const namespacePath = (namespace: string): string => `/api/v1/namespaces/${part(namespace)}`;

export const configMapsPath = (namespace: string): string =>
  `${namespacePath(namespace)}/configmaps`;
export const configMapPath = ({ namespace, name }: Named): string =>
  `${configMapsPath(namespace)}/${part(name)}`;

export const podsPath = (namespace: string): string => `${namespacePath(namespace)}/pods`;
export const podPath = ({ namespace, name }: Named): string =>
  `${podsPath(namespace)}/${part(name)}`;

export const workloadsPath = (kind: WorkloadKind, namespace: string): string =>
  `/apis/apps/v1/namespaces/${part(namespace)}/${RESOURCES[kind]}`;
export const workloadPath = ({ kind, namespace, name }: WorkloadRef): string =>
  `${workloadsPath(kind, namespace)}/${part(name)}`;

/** Only the one object of that name, which rights may be limited to. */
export const byName = (name: string): string => `metadata.name=${part(name)}`;

/** As messages say it: `ml/llm`. */
export const called = ({ namespace, name }: Named): string =>
  `${quotable(namespace)}/${quotable(name)}`;
