import type { Plan } from '@passmuster/core/promotions/identity.ts';
import type { From, Party } from '@passmuster/core/promotions/record.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import type { Seen } from '../moving/look.ts';
import { identityOf } from '../moving/record-of.ts';
import type { Grounds } from './grounds.ts';
import type { Job } from './job.ts';

interface Decided {
  readonly seen: Seen;
  readonly from: From | undefined;
  readonly to: Party;
  readonly steps: readonly Step[];
  readonly grounds: Grounds;
}

/** What is to be done and on what grounds. */
export function planOf(job: Job, { seen, from, to, steps, grounds }: Decided): Plan {
  const { model, environment } = job;
  const { id, policy } = identityOf(job, seen, {
    to,
    share: job.canary?.share,
    ...(from && { from }),
  });
  return {
    id,
    model,
    environment: environment.name,
    ...(from && { from }),
    to,
    steps,
    policy,
    verdict: grounds.verdict,
    gates: grounds.gates,
    evidence: grounds.evidence,
  };
}
