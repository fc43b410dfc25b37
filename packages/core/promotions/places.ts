import { isOfCluster } from '../cluster/steps.ts';
import { together } from '../together.ts';
import type { Places } from './carry-out.ts';
import type { Step } from './step.ts';

/** Places in the registry and in the cluster, as one world. */
export function bothPlaces(registry: Places, cluster: Places): Places {
  const of = (step: Step): Places => (isOfCluster(step) ? cluster : registry);
  return {
    async read(steps, call) {
      const [there, here] = [cluster, registry].map((places) =>
        steps.filter((step) => of(step) === places),
      );
      const read = async (places: Places, own: readonly Step[] = [], signal: AbortSignal) =>
        own.length === 0 ? [] : places.read(own, { ...call, signal });
      const [inCluster, inRegistry] = await together(call.signal, [
        (signal) => read(cluster, there, signal),
        (signal) => read(registry, here, signal),
      ]);
      const values = new Map<Step, string>();
      for (const [at, step] of (there ?? []).entries()) values.set(step, inCluster[at] ?? '');
      for (const [at, step] of (here ?? []).entries()) values.set(step, inRegistry[at] ?? '');
      return steps.map((step) => values.get(step) ?? '');
    },
    write: (step, way, call) => of(step).write(step, way, call),
  };
}
