import type { Problem } from '@passmuster/core/errors.ts';
import type { From, Party, Traffic } from '@passmuster/core/promotions/record.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import { courseOf } from '../moving/course.ts';
import type { Seen, SeenThere } from '../moving/look.ts';
import { identityOf } from '../moving/record-of.ts';
import type { SeenTraffic } from '../traffic/look.ts';
import type { Job } from './job.ts';

/** All that would change, in the registry and then in the cluster. */
export interface Moves {
  readonly steps: readonly Step[];
  readonly problems: readonly Problem[];
  readonly remarks: readonly string[];
  /** What serves then, where the cluster takes part. */
  readonly traffic?: Traffic;
}

interface Moving {
  readonly seen: Seen;
  /** As it was seen, before anything is taken for mended. */
  readonly there: SeenThere;
  readonly version: ModelVersion;
  readonly to: Party;
  readonly from: From | undefined;
  readonly inCluster: SeenTraffic | undefined;
}

/** A canary moves no alias and no stage. */
function inRegistry(job: Job, { seen, there, version }: Moving): Moves {
  if (job.canary) return { steps: [], problems: [], remarks: [] };
  const { steps, problem, remarks } = courseOf(job, seen, there, version);
  return { steps, remarks, problems: problem ? [problem] : [] };
}

export async function movesOf(job: Job, moving: Moving): Promise<Moves> {
  const registry = inRegistry(job, moving);
  const { seen, there, to, from, inCluster } = moving;
  const { target } = job;
  if (target === undefined || inCluster === undefined) return registry;
  const share = job.canary?.share;
  const { id } = identityOf(job, seen, { to, share, ...(from && { from }) });
  const cluster = await target.course({
    ...{ seen: inCluster, model: job.model, to, id, signal: job.ports.signal },
    share,
    witness: { ledger: job.ledger.name, last: there.history.sealed.at(-1) },
  });
  return {
    steps: [...registry.steps, ...cluster.steps],
    problems: [...registry.problems, ...cluster.problems],
    remarks: [...registry.remarks, ...cluster.remarks],
    traffic: cluster.traffic,
  };
}
