import type { Forge } from '../forge.ts';
import type { WorkflowRun } from '../host.ts';
import { loginKey } from '../login.ts';
import { together } from '../together.ts';
import type { ApprovalFacts, Approvals, Asking, Permit } from './approvals.ts';
import { type Claim, environmentClaims, reviewClaims } from './claims.ts';
import { findPullRequest } from './find-pull-request.ts';
import { judgeApprovals } from './judge.ts';
import { permitOf } from './permit.ts';
import { tellingNames } from './telling.ts';

/** On a public repository everybody may approve, and each of them costs a question. */
const MOST_PEOPLE = 50;

/** Asks the forge for approvals, and for no more than decides; for nothing where none are needed. */
export async function gatherApprovals(
  asking: Asking,
  forge: Forge | undefined,
  signal: AbortSignal,
): Promise<Approvals> {
  const { rules, run } = asking;
  if (rules.count === 0) return { needed: 0, counted: [], passedOver: [], missing: [] };
  if (run === undefined) return without(asking, NO_RUN);
  if (forge === undefined) return without(asking, NO_TOKEN);
  const found = await facts(asking, run, forge, signal);
  return permitted(asking, found, forge, signal);
}

const NO_RUN =
  'they are looked up for the run of a workflow on GitHub, and this is none: promote from a job there.';

const NO_TOKEN =
  'there is no token to look them up with: leave the input `github-token` as it is, and give the job `pull-requests: read` and `contents: read` under `permissions:`.';

const without = ({ rules: { count } }: Asking, why: string): Approvals => {
  const needed = count === 1 ? '1 approval is needed' : `${count} approvals are needed`;
  return { needed: count, counted: [], passedOver: [], missing: [`${needed}, and ${why}`] };
};

const isStanding = ({ refused }: Claim): boolean => refused === undefined;

async function facts(
  asking: Asking,
  run: WorkflowRun,
  forge: Forge,
  signal: AbortSignal,
): Promise<ApprovalFacts> {
  const { repository } = run;
  const [{ pullRequest, reviews }, answers] = await together(signal, [
    (either) => reviewed(asking, repository, forge, either),
    // Without a plan no answer counts, and a job need not be allowed to read them.
    async (either) => (asking.plan ? forge.environmentAnswers(run, either) : []),
  ]);
  const now = forge.now();
  const found: ApprovalFacts = {
    ...{ repository, reviews, answers, permits: new Map() },
    ...(now !== undefined && { now }),
    ...(pullRequest && { pullRequest }),
  };
  const texts = tellingNames(asking);
  const isOver = texts.length === 0 || !reviewClaims(asking, found).some(isStanding);
  if (!pullRequest || isOver) return found;
  const { number, head } = pullRequest;
  return { ...found, naming: await forge.fileNaming(repository, number, head, texts, signal) };
}

async function reviewed(asking: Asking, repository: string, forge: Forge, signal: AbortSignal) {
  const pullRequest = await findPullRequest(asking, repository, forge, signal);
  if (!pullRequest) return { reviews: [] };
  return { pullRequest, reviews: await forge.reviews(repository, pullRequest.number, signal) };
}

/** Asks who may approve, until there are enough of them. */
async function permitted(
  asking: Asking,
  found: ApprovalFacts,
  forge: Forge,
  signal: AbortSignal,
): Promise<Approvals> {
  const reviews = found.naming?.path === undefined ? [] : reviewClaims(asking, found);
  const claims = [...reviews, ...environmentClaims(asking, found)].filter(isStanding);
  const people = [...new Set(claims.map(({ approval }) => loginKey(approval.by)))];
  const permits = new Map<string, Permit>();
  for (;;) {
    const judged = judgeApprovals(asking, { ...found, permits });
    const start = permits.size;
    const more = Math.min(judged.needed - judged.counted.length, MOST_PEOPLE - start);
    const next = people.slice(start, start + more);
    if (next.length === 0) return judged;
    const asked = next.map((user) => async (either: AbortSignal) => {
      return permitOf(user, asking.rules, found.repository, forge, either);
    });
    const answers = await together(signal, asked);
    next.forEach((user, index) => {
      const answer = answers[index];
      if (answer !== undefined) permits.set(user, answer);
    });
  }
}
