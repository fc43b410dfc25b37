import { type Plan, planDigest } from '@passmuster/core/promotions/identity.ts';
import type { MoveRecord } from '@passmuster/core/promotions/record.ts';
import { recordOf } from '../moving/record-of.ts';
import { recordedApprovals } from './approvals.ts';
import type { Considered } from './considered.ts';
import type { Job } from './job.ts';

/** All that the ticket must say before anything happens, so that anybody can finish or judge it. */
export function promotionRecord(job: Job, considered: Considered, plan: Plan): MoveRecord {
  const { seen, there, to, from, override, approvals, traffic } = considered;
  const { reason } = job.inputs;
  return recordOf({ ...job, environment: there.environment }, seen, {
    verb: job.canary ? 'deploy' : 'promote',
    ...(from && { from }),
    to,
    steps: plan.steps,
    ...(traffic && { traffic }),
    ...(reason !== undefined && { reason }),
    verdict: plan.verdict,
    gates: plan.gates,
    evidence: plan.evidence,
    ...(approvals && approvals.needed > 0 && { approvals: recordedApprovals(approvals) }),
    ...(override && { override }),
    plan: planDigest(plan),
  });
}
