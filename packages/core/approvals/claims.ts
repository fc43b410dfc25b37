import type { Review } from '../forge.ts';
import { isLogin, loginKey } from '../login.ts';
import { quotable } from '../quote.ts';
import type { Approval, ApprovalFacts, Asking, PassedOver } from './approvals.ts';
import { approversIn, hasApprovedSince, isNamed, misfitOf } from './plan.ts';
import { ageText, named, shortCommit } from './words.ts';

/** Somebody's approval, and why it does not count, as a sentence, as far as that shows without asking on. */
export interface Claim {
  readonly approval: Approval;
  readonly refused?: string;
}

/** The last review of each person that says more than a comment. */
function decisive(reviews: readonly Review[]): readonly Review[] {
  const last = new Map<string, Review>();
  for (const review of reviews) {
    const before = last.get(loginKey(review.by));
    if (review.state === 'commented' || (before && before.at > review.at)) continue;
    last.set(loginKey(review.by), review);
  }
  return [...last.values()];
}

export function reviewClaims(asking: Asking, facts: ApprovalFacts): readonly Claim[] {
  return decisive(facts.reviews)
    .filter(({ state }) => state === 'approved')
    .map((review) => {
      const { by, at, commit } = review;
      const about = { ...(commit && { commit }), ...numberOf(facts) };
      const refused = whyNoReview(review, asking, facts);
      return { approval: { by, kind: 'review', at, ...about }, ...(refused && { refused }) };
    });
}

/** Who took an approval back, or never gave one. */
export const withdrawn = (reviews: readonly Review[]): readonly PassedOver[] =>
  decisive(reviews)
    .filter(({ state }) => state !== 'approved')
    .map(({ by, state }) => ({
      by,
      why:
        state === 'dismissed'
          ? `The review by ${named(by)} was dismissed.`
          : `${named(by)} asked for changes.`,
    }));

export function environmentClaims(asking: Asking, facts: ApprovalFacts): readonly Claim[] {
  const ours = facts.answers.filter(({ environments }) =>
    environments.some(isNamed(asking.environment)),
  );
  const approvers = approversIn(asking.environment, ours);
  const refusing = new Set(ours.filter((one) => !one.approved).map(({ by }) => loginKey(by)));
  const approving = new Map(
    ours.filter((one) => one.approved).map((one) => [loginKey(one.by), one]),
  );
  return [...approving].map(([key, { by, isPerson, notBefore }]) => {
    const refused =
      whyNobody(by, isPerson, asking, facts) ??
      misfitOf(asking) ??
      (hasApprovedSince(by, approvers, asking)
        ? undefined
        : `${named(by)} approved in an earlier attempt of this run, before it was planned anew.`) ??
      (refusing.has(key)
        ? `${named(by)} has rejected this run for the environment, too.`
        : undefined) ??
      whyTooOld(`${named(by)} approved in a run that began`, notBefore, asking, facts);
    return { approval: { by, kind: 'environment' }, ...(refused && { refused }) };
  });
}

const numberOf = ({ pullRequest }: ApprovalFacts): { pullRequest?: number } =>
  pullRequest ? { pullRequest: pullRequest.number } : {};

/** For whom nothing counts, whatever they approve. */
function whyNobody(
  by: string,
  isPerson: boolean,
  { rules, excluded }: Asking,
  { pullRequest }: ApprovalFacts,
): string | undefined {
  const key = loginKey(by);
  if (!isPerson || !isLogin(by)) return `${named(by)} is no person.`;
  const [, did] = [...excluded].find(([login]) => loginKey(login) === key) ?? [];
  if (did !== undefined) return `${named(by)} ${quotable(did, 200)}.`;
  const isAuthor = pullRequest?.author !== undefined && loginKey(pullRequest.author) === key;
  if (!isAuthor || rules.authorCounts) return undefined;
  return `${named(by)} is the author of pull request #${pullRequest.number}.`;
}

function whyNoReview(
  { by, isPerson, commit, at }: Review,
  asking: Asking,
  facts: ApprovalFacts,
): string | undefined {
  const nobody = whyNobody(by, isPerson, asking, facts);
  const { pullRequest } = facts;
  if (nobody !== undefined || !pullRequest) return nobody ?? 'There is no pull request.';
  const { number, head, isOpen, merged } = pullRequest;
  if (!isOpen && !merged) return `Pull request #${number} was closed and not merged.`;
  if (commit !== head) {
    const reviewed = commit === undefined ? 'another commit' : shortCommit(commit);
    return `${named(by)} approved ${reviewed}, and the head of pull request #${number} is ${shortCommit(head)} now.`;
  }
  const voided = asking.voidBefore.find((event) => at < event.at);
  if (voided) return `${named(by)} approved before ${quotable(voided.why, 200)}.`;
  return whyTooOld(`${named(by)} approved`, at, asking, facts);
}

/** By the clock of the forge's server, which set the moment. */
function whyTooOld(
  what: string,
  at: number,
  { rules: { maxAge } }: Asking,
  { now }: ApprovalFacts,
): string | undefined {
  if (maxAge === undefined) return undefined;
  if (now === undefined)
    return `${what} at a time that cannot be judged: its server does not tell the time.`;
  if (now - at <= maxAge) return undefined;
  return `${what} more than ${ageText(now - at)} ago, and an approval counts for ${ageText(maxAge)}.`;
}
