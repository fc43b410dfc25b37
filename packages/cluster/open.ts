import type { OpenCluster } from '@passmuster/core/cluster/cluster.ts';
import type { Opening } from './opening.ts';

export type { ClusterInputs, Opening } from './opening.ts';

/** Nothing is read or loaded before it is called. */
export const clusterOpener =
  (opening: Opening): OpenCluster =>
  async () => {
    const [{ accessOf }, { kubernetesCluster }] = await Promise.all([
      import('./connection/sources.ts'),
      import('./kubernetes/cluster.ts'),
    ]);
    return kubernetesCluster(await accessOf(opening), opening);
  };
