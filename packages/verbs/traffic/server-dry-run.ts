import { ClusterError } from '@passmuster/core/cluster/error.ts';
import { CONFIGMAP, changeOf, refPlace } from '@passmuster/core/cluster/steps.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import type { SeenTraffic } from './look.ts';
import type { Target } from './target.ts';

const isContended = (error: unknown): boolean =>
  error instanceof ClusterError && error.failure.reason === 'contended';

/** Has the server judge what is to be written; with `all`, also what would start anew. Rejects where it will not. */
export async function serverDryRun(
  { cluster, configmap }: Target,
  { configMap, workloads }: SeenTraffic,
  steps: readonly Step[],
  signal: AbortSignal,
  all: boolean,
): Promise<void> {
  const call = { signal, dryRun: true };
  for (const step of steps) {
    const { kind, place } = step;
    const change = changeOf(step, 'forward');
    if (change === undefined) continue;
    if (kind === CONFIGMAP) {
      const asked = configMap
        ? cluster.changeConfigMap(configMap, change, call)
        : cluster.createConfigMap(configmap.place, change, call);
      // Where somebody was faster, the write itself will look again.
      await asked.catch((error: unknown) => {
        if (all || !isContended(error)) throw error;
      });
    } else if (all) {
      const workload = workloads.find((one) => refPlace(one) === place);
      if (workload) await cluster.stamp(workload, change.annotations, call);
    }
  }
}
