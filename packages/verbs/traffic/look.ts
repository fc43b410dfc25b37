import type { ConfigMap } from '@passmuster/core/cluster/configmap.ts';
import type { Reader } from '@passmuster/core/cluster/reading/reader.ts';
import { readersOf } from '@passmuster/core/cluster/reading/readers.ts';
import { keysIn } from '@passmuster/core/cluster/serving.ts';
import type { Workload } from '@passmuster/core/cluster/workload.ts';
import { together } from '@passmuster/core/together.ts';
import { restartsNobody, type Target } from './target.ts';

/** What a cluster says of what serves, at one moment. */
export interface SeenTraffic {
  /** Nothing where there is none. */
  readonly configMap: ConfigMap | undefined;
  readonly workloads: readonly Workload[];
  /** Those of them that read one of the keys. */
  readonly readers: readonly Reader[];
}

export async function lookAtTraffic(
  { cluster, configmap, rollout }: Target,
  signal: AbortSignal,
): Promise<SeenTraffic> {
  const { place, keys } = configmap;
  const [configMap, workloads] = await together(signal, [
    (either) => cluster.configMap(place, { signal: either }),
    async (either) =>
      restartsNobody(rollout) ? [] : cluster.workloads(place.namespace, { signal: either }),
  ]);
  return { configMap, workloads, readers: readersOf(workloads, place.name, keysIn(keys)) };
}
