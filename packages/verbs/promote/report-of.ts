import { problemText } from '@passmuster/core/errors.ts';
import { planDigest } from '@passmuster/core/promotions/identity.ts';
import { standsIn } from '../moving/carried-out.ts';
import { answeredIn, partyIn } from '../moving/report-shapes.ts';
import { recordedApprovals } from './approvals.ts';
import type { Job } from './job.ts';
import type { PromoteReport } from './report.ts';
import { endedAs, promotionOf, type Result, ticketOf } from './result.ts';

export function reportOf(job: Job, result: Result): PromoteReport {
  const { considered, moved, answered } = result;
  const { to, plan, approvals, override, obstacles, remarks } = considered;
  const { id, from } = promotionOf(result);
  const ticket = ticketOf(job, result);
  const strange = moved?.end.strange ?? [];
  return {
    outcome: endedAs(result),
    model: job.model,
    environment: job.environment.name,
    ...(from && { from: partyIn(from) }),
    to,
    ...(id !== undefined && { promotion_id: id }),
    ...(plan && { plan: planDigest(plan), verdict: plan.verdict }),
    steps: (plan?.steps ?? []) as PromoteReport['steps'],
    stands: standsIn(strange),
    displaced: (moved ?? considered.finished)?.displaced ?? [],
    answered: answeredIn(answered),
    ...(ticket !== '' && { record: ticket }),
    gates: plan?.gates ?? [],
    evidence: plan?.evidence ?? [],
    approvals: approvals ? recordedApprovals(approvals) : [],
    missing_approvals: approvals?.missing ?? [],
    ...(override && { override }),
    obstacles: obstacles.map(({ problem }) => problemText(problem)),
    remarks,
    ...(moved?.end.cause && { cause: moved.end.cause.message }),
    policy: job.policy.from,
    registry: job.registry.address,
    ledger: job.ledger.name,
  };
}
