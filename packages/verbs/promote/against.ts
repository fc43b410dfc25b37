import type { Approvals } from '@passmuster/core/approvals/approvals.ts';
import type { Problem } from '@passmuster/core/errors.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { SeenThere } from '../moving/look.ts';
import type { SeenTraffic } from '../traffic/look.ts';
import { momentOfJudging } from '../validate/moment.ts';
import { tallied } from '../validate/tally.ts';
import { approvalsAgainst } from './approvals.ts';
import { canaryRuns } from './canary-runs.ts';
import { unfit } from './candidate.ts';
import type { Considered } from './considered.ts';
import { frozen } from './freeze.ts';
import type { Grounds } from './grounds.ts';
import { type Job, peopleOf } from './job.ts';
import type { Moves } from './moves.ts';
import { lowerThan, type Obstacle, obstacle, rolledBack, withoutEarlier } from './obstacles.ts';
import { undecided } from './undecided.ts';
import { unfitCanary } from './unfit-canary.ts';

function unclear({ standing, recorded }: SeenThere, name: string): Obstacle[] {
  if (standing.kind !== 'unclear') return [];
  const message = `Which version is in ${quotable(name)} cannot be told: ${standing.says}.`;
  return [
    { ...obstacle(message, standing.hint), ...(recorded !== undefined && { isConflict: true }) },
  ];
}

function gatesAgainst(grounds: Grounds): Obstacle[] {
  if (grounds.verdict === 'pass') return [];
  const { judged } = grounds.judgement;
  const message =
    judged.length === 0 ? 'There is no gate to judge it by.' : `Of its gates, ${tallied(judged)}.`;
  const hint =
    judged.length === 0
      ? 'Add gates to the policy or to this step; `validate` proposes some from what was measured.'
      : 'Each gate says why below. What cannot be proven to speak of the version counts for nothing.';
  return [{ ...obstacle(message, hint), passes: 'gates' }];
}

/** What was found out, as far as something can stand against it. */
interface Found extends Pick<Considered, 'seen' | 'there' | 'version' | 'to' | 'from'> {
  readonly wrong: readonly Obstacle[];
  /** What was registered of the version does not stand. */
  readonly digest: Problem | undefined;
  readonly moves: Moves;
  readonly inCluster: SeenTraffic | undefined;
  readonly grounds: Grounds;
  readonly approvals: Approvals;
}

/** All that stands against a promotion; first what nobody may pass over. */
export function against(job: Job, found: Found): Obstacle[] {
  const { seen, there, version, to, from, wrong, digest, moves, grounds, approvals } = found;
  const { environment, inputs, ports, registry } = job;
  const ofVersion = [...unfit(version, inputs.model), digest, ...moves.problems];
  const now = momentOfJudging(ports, registry);
  return [
    ...unclear(there, environment.name),
    ...wrong,
    ...undecided(job, seen, there),
    ...canaryRuns(job, there, to.number),
    ...unfitCanary(job, found),
    ...ofVersion.flatMap((problem) => (problem ? [{ problem }] : [])),
    ...rolledBack(job, there, to, inputs),
    ...lowerThan(job, there, to, from),
    ...withoutEarlier(job, seen, to),
    ...gatesAgainst(grounds),
    ...approvalsAgainst(job, approvals),
    ...frozen(environment.name, environment.policy.freeze, now, peopleOf(ports)),
  ];
}
