import { CONFIGMAP, changeIn, refPlace } from '@passmuster/core/cluster/steps.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import type { SeenTraffic } from './look.ts';
import type { Target } from './target.ts';

/** Has the server judge what is to be written; with `all`, also what would start anew. Rejects where it will not. */
export async function serverDryRun(
  { cluster, configmap }: Target,
  { configMap, workloads }: SeenTraffic,
  steps: readonly Step[],
  signal: AbortSignal,
  all: boolean,
): Promise<void> {
  const call = { signal, dryRun: true };
  for (const { kind, place, after } of steps) {
    const change = changeIn(after);
    if (change === undefined) continue;
    if (kind === CONFIGMAP) {
      if (configMap) await cluster.changeConfigMap(configMap, change, call);
      else await cluster.createConfigMap(configmap.place, change, call);
    } else if (all) {
      const workload = workloads.find((one) => refPlace(one) === place);
      if (workload) await cluster.stamp(workload, change.annotations, call);
    }
  }
}
