import { isCommit } from '@passmuster/core/commit.ts';
import { InputError } from '@passmuster/core/errors.ts';
import type { ForgePullRequest } from '@passmuster/core/forge.ts';
import { found } from '@passmuster/core/quote.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import type { Connection } from './connection.ts';
import { commitOf, momentOf, whoOf } from './fields.ts';
import { listed, type Question } from './listed.ts';
import { placeOf } from './place.ts';
import { odd, tooMany, unreadable } from './problems.ts';

const MOST = 1_000;

export async function pullRequestsOf(
  connection: Connection,
  repository: string,
  commit: string,
  signal: AbortSignal,
): Promise<readonly ForgePullRequest[]> {
  const place = placeOf(repository);
  if (!isCommit(commit)) throw new InputError(`${found(commit)} is no commit.`);
  const what = `the pull requests of commit ${commit} of ${repository}`;
  const question: Question = {
    route: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
    parameters: { ...place, commit_sha: commit },
    what,
    permission: 'pull-requests: read',
  };
  const { items, more } = await listed(connection, question, MOST, pullRequestIn, signal);
  if (more) throw tooMany(connection.apiUrl, what, MOST);
  return items;
}

export async function pullRequest(
  connection: Connection,
  repository: string,
  number: number,
  signal: AbortSignal,
): Promise<ForgePullRequest | 'absent'> {
  const { apiUrl } = connection;
  const parameters = { ...placeOf(repository), pull_number: numberIn(number) };
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
  const answer = await connection.get(route, parameters, signal);
  const { status, body } = answer;
  const what = `pull request #${number} of ${repository}`;
  if (status === 404) return 'absent';
  if (status === 403) throw unreadable(apiUrl, what, 'pull-requests: read', answer);
  const read = status === 200 && isMap(body) ? pullRequestIn(body) : undefined;
  if (read?.number !== number) throw odd(apiUrl, what, answer);
  return read;
}

/** A number that goes into an address. */
export function numberIn(number: number): number {
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new InputError(`${found(number)} is no number of a pull request.`);
}

/** Nothing when it is none that GitHub would describe so. */
function pullRequestIn(body: Readonly<Record<string, unknown>>): ForgePullRequest | undefined {
  const { number, user, head, state, merged_at } = body;
  const author = whoOf(user);
  const sha = isMap(head) ? commitOf(head['sha']) : undefined;
  const at = momentOf(merged_at);
  const known = typeof number === 'number' && author && sha !== undefined;
  if (!known || (merged_at !== null && at === undefined)) return undefined;
  if (state !== 'open' && state !== 'closed') return undefined;
  const commit = commitOf(body['merge_commit_sha']);
  return {
    ...{ number, head: sha, isOpen: state === 'open' },
    ...(author !== 'nobody' && { author: author.by }),
    ...(at !== undefined && { merged: { at, ...(commit && { commit }) } }),
  };
}
