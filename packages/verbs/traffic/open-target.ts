import type { Cluster, OpenCluster } from '@passmuster/core/cluster/cluster.ts';
import { type ClusterPlaces, clusterPlaces } from '@passmuster/core/cluster/cluster-places.ts';
import type { Aim } from '@passmuster/core/cluster/serving.ts';
import { InputError } from '@passmuster/core/errors.ts';
import type { ConfigMapPolicy } from '@passmuster/core/policy/policy.ts';
import type { Strange } from '@passmuster/core/promotions/next.ts';
import type { Ports } from '../moving/ports.ts';
import type { Noted } from './annotations.ts';
import { trafficCourse } from './course.ts';
import type { RolloutInputs } from './inputs.ts';
import { lookAtTraffic } from './look.ts';
import { rolloutsOf } from './rollouts.ts';
import { serverDryRun } from './server-dry-run.ts';
import { type Asked, type Target, writtenAs } from './target.ts';

function aimOf({ rollout }: Target, { to, share, isDropped }: Asked): Aim {
  if (isDropped) return { do: 'drop' };
  const version = writtenAs(to, rollout);
  return share === undefined ? { do: 'serve', version } : { do: 'canary', version, share };
}

function notedOf({ model, to, id, witness }: Asked): Noted {
  const { number, digest } = witness?.last ?? {};
  const isKnown = witness !== undefined && number !== undefined && digest !== undefined;
  return {
    ...{ model, to, id },
    ...(isKnown && { witness: { ledger: witness.ledger, number, digest } }),
  };
}

function withWriter(strange: Strange, places: ClusterPlaces): Strange {
  const by = places.writer(strange.step);
  return { ...strange, ...(by && { by }) };
}

/** A target at a cluster that is open already. */
export const targetAt = (
  cluster: Cluster,
  configmap: ConfigMapPolicy,
  rollout: RolloutInputs,
  ports: Pick<Ports, 'clock' | 'voice' | 'signal' | 'lease'>,
): Target => ({
  cluster,
  configmap,
  rollout,
  look(signal) {
    return lookAtTraffic(this, signal);
  },
  course(asked) {
    return trafficCourse(this, asked.seen, aimOf(this, asked), notedOf(asked), asked.signal);
  },
  dryRun(seen, steps, signal, all) {
    return serverDryRun(this, seen, steps, signal, all);
  },
  going(steps, acting) {
    const places = clusterPlaces(cluster, this.seen);
    return {
      places,
      live: rolloutsOf({ target: this, places, steps, acting, ports }),
      told: (end) => ({ ...end, strange: end.strange.map((one) => withWriter(one, places)) }),
    };
  },
});

/** Opens a cluster for as long as `work` takes. */
export async function atCluster<Result>(
  open: OpenCluster | undefined,
  work: (cluster: Cluster) => Promise<Result>,
): Promise<Result> {
  if (open === undefined) throw new InputError('No cluster can be reached from here.');
  const cluster = await open();
  try {
    return await work(cluster);
  } finally {
    await cluster.close();
  }
}
