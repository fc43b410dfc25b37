import { loginKey } from '../login.ts';
import type { Approval, ApprovalFacts, Approvals, Asking, PassedOver } from './approvals.ts';
import { environmentClaims, reviewClaims, withdrawn } from './claims.ts';
import { missingText } from './missing.ts';
import { tellingNames } from './telling.ts';
import { named, shortCommit } from './words.ts';

/** Which approvals count, why the others do not, and what is still needed. */
export function judgeApprovals(asking: Asking, facts: ApprovalFacts): Approvals {
  const needed = asking.rules.count;
  const counted: Approval[] = [];
  const passedOver: PassedOver[] = [...withdrawn(facts.reviews)];
  const unasked: string[] = [];
  const judge = (approval: Approval, refused: string | undefined): void => {
    const { by } = approval;
    if (refused !== undefined) passedOver.push({ by, why: refused });
    else if (facts.permits.has(loginKey(by))) counted.push(approval);
    else unasked.push(by);
  };
  for (const { approval, refused } of reviewClaims(asking, facts)) {
    judge(approval, refused ?? whyUnnamed(asking, facts) ?? whyNotPermitted(approval, facts));
  }
  for (const { approval, refused } of environmentClaims(asking, facts)) {
    const [same] = counted.filter(({ by }) => loginKey(by) === loginKey(approval.by));
    // What somebody reviewed counts already, and is no reason for a complaint.
    if (same?.kind === 'review') continue;
    judge(approval, refused ?? whyNotPermitted(approval, facts) ?? whySecond(approval, counted));
  }
  const isEnough = counted.length >= needed;
  for (const by of unasked) passedOver.push({ by, why: whyUnasked(by, isEnough) });
  return {
    ...{ needed, counted, passedOver },
    missing: isEnough ? [] : missingText(asking, facts, counted),
  };
}

/** The approval is of nothing unless what was reviewed names the version. */
function whyUnnamed(asking: Asking, { naming, pullRequest }: ApprovalFacts): string | undefined {
  if (naming?.path !== undefined && tellingNames(asking).length > 0) return undefined;
  const head = pullRequest ? ` at ${shortCommit(pullRequest.head)}` : '';
  return `No file that the pull request changes was found to name this version${head}.`;
}

function whyNotPermitted({ by }: Approval, { permits }: ApprovalFacts): string | undefined {
  const permit = permits.get(loginKey(by));
  if (permit === undefined || permit === 'yes') return undefined;
  return 'no' in permit ? permit.no : permit.unknown;
}

const whyUnasked = (by: string, isEnough: boolean): string =>
  `It was not asked whether ${named(by)} may approve: ${isEnough ? 'enough others do' : 'too many others approved before'}.`;

const whySecond = ({ by }: Approval, counted: readonly Approval[]): string | undefined =>
  counted.some(({ kind }) => kind === 'environment')
    ? `The approval of the environment counts once, whoever else gives it; ${named(by)} may review the pull request.`
    : undefined;
