import { loginKey } from '../login.ts';
import { quotable } from '../quote.ts';
import type { Approval, ApprovalFacts, Asking } from './approvals.ts';
import { misfitOf } from './plan.ts';
import { tellingNames } from './telling.ts';
import { listText, named, shortCommit } from './words.ts';

/** A digest is shown whole: people search for it. */
const LONGEST_NAME = 200;

/** What is still needed, and what to do for it. */
export function missingText(
  asking: Asking,
  facts: ApprovalFacts,
  counted: readonly Approval[],
): readonly string[] {
  const more = asking.rules.count - counted.length;
  const approvals = more === 1 ? '1 more approval' : `${more} more approvals`;
  const by = who(asking, facts, counted, more);
  if (by === undefined) {
    const verb = more === 1 ? 'is' : 'are';
    return [
      `${approvals} ${verb} needed, and nobody is left whom \`from\` names in the policy: name others there.`,
    ];
  }
  return [
    `${approvals} by ${by}${how(asking, facts)}`,
    ...unnamed(asking, facts),
    ...otherWay(asking, counted, more),
    ...unknown(facts),
  ];
}

/** Nothing where nobody may any more. */
function who(
  { rules, excluded }: Asking,
  { repository, pullRequest }: ApprovalFacts,
  counted: readonly Approval[],
  more: number,
): string | undefined {
  const author = rules.authorCounts ? undefined : pullRequest?.author;
  const out = [...excluded.keys(), ...(author === undefined ? [] : [author])];
  const others = new Map(out.map((login) => [loginKey(login), named(login)]));
  const but = others.size > 0 ? `, other than ${listText([...others.values()], 'and')}` : '';
  if (rules.from === undefined) {
    const somebody = more === 1 ? 'somebody' : 'people';
    return `${somebody} who may write to ${quotable(repository, 200)}${but}`;
  }
  const done = new Set(counted.map(({ by }) => loginKey(by)));
  const left = rules.from.users.filter((user) => {
    const key = loginKey(user);
    return !others.has(key) && !done.has(key);
  });
  const teams = rules.from.teams.map((team) => `the members of ${quotable(team, 200)}`);
  const may = [...left.map(named), ...teams];
  if (may.length === 0) return undefined;
  const of = may.length === 1 && teams.length === 0 ? '' : `${more === 1 ? 'one' : more} of `;
  return `${of}${listText(may, 'and')}${teams.length > 0 ? but : ''}`;
}

const nameText = (asking: Asking): string =>
  listText(
    tellingNames(asking).map((name) => `\`${quotable(name, LONGEST_NAME)}\``),
    'or',
  );

function how(asking: Asking, { pullRequest }: ApprovalFacts): string {
  const names = nameText(asking);
  if (names === '') {
    return '. No review can be told to be about this version, which has no digest: register it with one.';
  }
  if (!pullRequest) {
    const of = asking.commit === undefined ? 'this run' : `commit ${shortCommit(asking.commit)}`;
    return `. No pull request was found for ${of}: name one whose files name ${names} with the input \`pull-request\`.`;
  }
  const { number, head, isOpen, merged } = pullRequest;
  if (isOpen || merged) {
    return `: review pull request #${number} at its head ${shortCommit(head)}, whose files must name ${names}.`;
  }
  return `. Pull request #${number} was closed and not merged: open it again, or name another with the input \`pull-request\`.`;
}

/** A review helps nobody before the pull request names the version. */
function unnamed(asking: Asking, { naming, pullRequest }: ApprovalFacts): readonly string[] {
  if (!pullRequest || !naming || naming.path !== undefined) return [];
  const at = `at its head ${shortCommit(pullRequest.head)}`;
  return [
    `No changed file of pull request #${pullRequest.number} names ${nameText(asking)} ${at}: commit one that does, and have it reviewed again.`,
    ...naming.unread.slice(0, 3),
  ];
}

function otherWay(asking: Asking, counted: readonly Approval[], more: number): readonly string[] {
  if (counted.some(({ kind }) => kind === 'environment')) return [];
  const misfit = misfitOf(asking);
  if (asking.plan !== undefined && misfit !== undefined) return [misfit];
  const of =
    asking.plan === undefined
      ? ', in a job that takes as `plan` what an earlier job of its run planned'
      : ' by one of them, for this run';
  return [
    `${more === 1 ? 'It' : 'One of them'} may be the approval of the GitHub environment \`${quotable(asking.environment)}\`${of}.`,
  ];
}

const unknown = ({ permits }: ApprovalFacts): readonly string[] => [
  ...new Set(
    [...permits.values()].flatMap((one) => (one !== 'yes' && 'unknown' in one ? one.unknown : [])),
  ),
];
