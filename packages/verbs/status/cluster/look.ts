import type { Cluster } from '@passmuster/core/cluster/cluster.ts';
import type { ConfigMap } from '@passmuster/core/cluster/configmap.ts';
import { ClusterError } from '@passmuster/core/cluster/error.ts';
import type { Workload } from '@passmuster/core/cluster/workload.ts';
import type { Problem } from '@passmuster/core/errors.ts';
import type { ConfigMapPolicy } from '@passmuster/core/policy/policy.ts';
import { together } from '@passmuster/core/together.ts';

/** What was read, or why it could not be. */
export type Read<Value> = { readonly value: Value } | { readonly unread: Problem };

/** What a cluster says of what serves in an environment, at one moment. */
export interface SeenCluster {
  /** The server. */
  readonly address: string;
  readonly configmap: ConfigMapPolicy;
  readonly configMap: Read<ConfigMap | undefined>;
  /** Asked where there is no ConfigMap; nothing where we may not know. */
  readonly hasNamespace: boolean | undefined;
  /** All of the namespace. */
  readonly workloads: Read<readonly Workload[]>;
}

async function readable<Value>(
  signal: AbortSignal,
  attempt: () => Promise<Value>,
): Promise<Read<Value>> {
  try {
    return { value: await attempt() };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ClusterError)) throw error;
    const [unread = { message: error.message }] = error.problems;
    return { unread };
  }
}

/** Whether there is no ConfigMap because there is not even its namespace: the server does not tell the two apart. */
async function namespaceOf(cluster: Cluster, name: string, signal: AbortSignal) {
  const there = await readable(signal, () => cluster.hasNamespace(name, { signal }));
  return 'value' in there ? there.value : undefined;
}

/** What cannot be read of one keeps nothing else from being told. */
export async function lookAtCluster(
  cluster: Cluster,
  configmap: ConfigMapPolicy,
  signal: AbortSignal,
): Promise<SeenCluster> {
  const { place } = configmap;
  const [configMap, workloads] = await together<
    [SeenCluster['configMap'], SeenCluster['workloads']]
  >(signal, [
    (either) => readable(either, () => cluster.configMap(place, { signal: either })),
    (either) => readable(either, () => cluster.workloads(place.namespace, { signal: either })),
  ]);
  const isMissing = 'value' in configMap && configMap.value === undefined;
  const hasNamespace = isMissing ? await namespaceOf(cluster, place.namespace, signal) : undefined;
  return { address: cluster.address, configmap, configMap, hasNamespace, workloads };
}
