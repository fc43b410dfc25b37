import type { Approvals, Asking } from '@passmuster/core/approvals/approvals.ts';
import { gatherApprovals } from '@passmuster/core/approvals/gather.ts';
import { approversIn } from '@passmuster/core/approvals/plan.ts';
import { InputError } from '@passmuster/core/errors.ts';
import { loginKey } from '@passmuster/core/login.ts';
import { pathInRepository } from '@passmuster/core/policy/branch-policy.ts';
import { type Plan, planDigest } from '@passmuster/core/promotions/identity.ts';
import { spellsOf } from '@passmuster/core/promotions/live.ts';
import type { RecordedApproval } from '@passmuster/core/promotions/record.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { SeenThere } from '../moving/look.ts';
import type { Subject } from '../validate/subjects.ts';
import type { Job } from './job.ts';
import type { Obstacle } from './obstacles.ts';

interface About {
  readonly there: SeenThere;
  readonly candidate: Subject;
  readonly plan: Plan;
}

/** Whoever wants it, or made it, is not the one who looks at it with fresh eyes. */
function excluded({ ports: { host } }: Job, { sealed }: Subject): ReadonlyMap<string, string> {
  const people = new Map<string, string>();
  const add = (login: string | undefined, what: string): void => {
    if (login !== undefined && !people.has(loginKey(login))) people.set(loginKey(login), what);
  };
  add(sealed?.ticket.holder.actor, 'registered the version');
  add(host.startedBy, 'started this run');
  add(host.actor, host.startedBy === undefined ? 'started this run' : 'started this run again');
  return people;
}

type Void = Asking['voidBefore'][number];

/** What was agreed to before was another plan, or by another policy. */
async function voidBefore(job: Job, { there }: About): Promise<readonly Void[]> {
  const { policy, ports, inputs, environment } = job;
  const { forge, host, signal } = ports;
  const last = spellsOf(there.history.sealed).findLast(({ how }) => how !== 'found');
  const moved: Void[] = last
    ? [{ at: last.since, why: `${quotable(environment.name)} was moved` }]
    : [];
  if (policy.from !== 'default-branch' || forge === undefined || host.run === undefined) {
    return moved;
  }
  const path = pathInRepository(inputs.config);
  const { repository } = host.run;
  const changed = await forge.lastChange(repository, path, policy.commit, signal);
  return changed === undefined ? moved : [...moved, { at: changed, why: 'the policy changed' }];
}

/** Who has agreed, as far as that counts, and what is still needed. */
export async function approvalsFor(job: Job, about: About): Promise<Approvals> {
  const { environment, inputs, ports, planned } = job;
  const { forge, host, signal } = ports;
  const { approvals: rules } = environment.policy;
  if (rules.count === 0) return { needed: 0, counted: [], passedOver: [], missing: [] };
  const { version, sealed } = about.candidate;
  const number = inputs['pull-request'] ?? (await host.pullRequest())?.number;
  const given = planned && {
    digest: planned.digest,
    anew: planDigest(about.plan),
    ...(planned.run && { run: planned.run }),
    ...(planned.approvedBefore && { approvedBefore: planned.approvedBefore }),
  };
  const asking: Asking = {
    rules,
    environment: environment.name,
    ...(host.run && { run: host.run }),
    ...(host.commit !== undefined && { commit: host.commit }),
    ...(number !== undefined && { pullRequest: number }),
    names: [sealed?.digest ?? version.source],
    excluded: excluded(job, about.candidate),
    voidBefore: host.run ? await voidBefore(job, about) : [],
    ...(given && { plan: given }),
  };
  return gatherApprovals(asking, forge, signal);
}

/** Who has approved the environment in earlier attempts of this run; nothing where that is not known. */
export async function approvedBefore({
  environment: { name, policy },
  ports: { forge, host, signal },
}: Job): Promise<readonly string[] | undefined> {
  if (policy.approvals.count === 0 || !forge || !host.run || host.run.attempt === '1') {
    return undefined;
  }
  try {
    return approversIn(name, await forge.environmentAnswers(host.run, signal));
  } catch (error) {
    // A job that only plans need not be allowed to read them.
    if (!(error instanceof InputError)) throw error;
    return undefined;
  }
}

/** A plan is made before anybody can have agreed to it. */
export function approvalsAgainst({ inputs }: Job, { missing }: Approvals): Obstacle[] {
  if (missing.length === 0 || inputs['dry-run']) return [];
  const [message = '', ...more] = missing;
  return [{ problem: { message, hint: more.join(' ') }, passes: 'approvals' }];
}

/** As the record holds them. */
export const recordedApprovals = ({ counted }: Approvals): RecordedApproval[] =>
  counted.map(({ by, kind, at, commit, pullRequest }) => ({
    by,
    kind,
    ...(pullRequest !== undefined && { pull_request: pullRequest }),
    ...(commit !== undefined && { commit }),
    ...(at !== undefined && { at: new Date(at).toISOString() }),
  }));
