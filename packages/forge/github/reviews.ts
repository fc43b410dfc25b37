import type { Review } from '@passmuster/core/forge.ts';
import type { Connection } from './connection.ts';
import { commitOf, momentOf, whoOf } from './fields.ts';
import { listed, type Question } from './listed.ts';
import { placeOf } from './place.ts';
import { tooMany } from './problems.ts';
import { numberIn } from './pull-requests.ts';

const MOST = 1_000;

export async function reviews(
  connection: Connection,
  repository: string,
  number: number,
  signal: AbortSignal,
): Promise<readonly Review[]> {
  const what = `the reviews of pull request #${number} of ${repository}`;
  const question: Question = {
    route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
    parameters: { ...placeOf(repository), pull_number: numberIn(number) },
    what,
    permission: 'pull-requests: read',
  };
  const { items, more } = await listed(connection, question, MOST, reviewIn, signal);
  // The one that takes an approval back may be among the rest.
  if (more) throw tooMany(connection.apiUrl, what, MOST);
  return items.filter((item) => item !== 'nothing');
}

const STATES: ReadonlyMap<unknown, Review['state']> = new Map([
  ['APPROVED', 'approved'],
  ['CHANGES_REQUESTED', 'changes-requested'],
  ['DISMISSED', 'dismissed'],
  ['COMMENTED', 'commented'],
]);

/** `nothing` is a review that only its author sees yet, or one by nobody. */
function reviewIn(item: Readonly<Record<string, unknown>>): Review | 'nothing' | undefined {
  if (item['state'] === 'PENDING') return 'nothing';
  const who = whoOf(item['user']);
  const state = STATES.get(item['state']);
  const at = momentOf(item['submitted_at']);
  const commit = commitOf(item['commit_id']);
  if (who === undefined || state === undefined || at === undefined) return undefined;
  if (commit === undefined && item['commit_id'] !== null) return undefined;
  return who === 'nobody' ? 'nothing' : { ...who, state, at, ...(commit && { commit }) };
}
