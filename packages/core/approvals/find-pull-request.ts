import { InputError } from '../errors.ts';
import type { Forge, ForgePullRequest } from '../forge.ts';
import { quotable } from '../quote.ts';
import type { Asking } from './approvals.ts';
import { listText, shortCommit } from './words.ts';

/** The pull request whose reviews are asked for: the one that was named, or else that of the commit. */
export async function findPullRequest(
  { pullRequest: number, commit }: Asking,
  repository: string,
  forge: Forge,
  signal: AbortSignal,
): Promise<ForgePullRequest | undefined> {
  if (number !== undefined) {
    const named = await forge.pullRequest(repository, number, signal);
    if (named === 'absent') throw notThere(number, repository);
    return named;
  }
  if (commit === undefined) return undefined;
  const all = await forge.pullRequestsOf(repository, commit, signal);
  // One that was closed was turned down, and what it asked for may be open again under another number.
  const alive = all.filter(({ isOpen, merged }) => isOpen || merged !== undefined);
  const exact = alive.filter((one) => one.head === commit || one.merged?.commit === commit);
  const candidates = exact.length > 0 ? exact : alive;
  if (candidates.length > 1) throw several(candidates, commit);
  return candidates[0];
}

const notThere = (number: number, repository: string): InputError =>
  new InputError([
    {
      message: `There is no pull request #${number} in ${quotable(repository, 200)}, or the token may not see it.`,
      hint: 'Check the input `pull-request`, and that the job has `pull-requests: read` under `permissions:`.',
    },
  ]);

function several(candidates: readonly ForgePullRequest[], commit: string): InputError {
  const numbers = listText(
    candidates.map(({ number }) => `#${number}`),
    'and',
  );
  return new InputError([
    {
      message: `Commit ${shortCommit(commit)} belongs to several pull requests: ${numbers}.`,
      hint: 'Say with the input `pull-request` which of them was reviewed for this version.',
    },
  ]);
}
