import { isCommit } from '@passmuster/core/commit.ts';
import { InputError } from '@passmuster/core/errors.ts';
import { found, quotable } from '@passmuster/core/quote.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import { messageIn } from './answer.ts';
import type { Connection } from './connection.ts';
import { commitOf, momentOf } from './fields.ts';
import { placeOf, refuseOutside } from './place.ts';
import { odd, unreadable } from './problems.ts';
import { pullRequestsOf } from './pull-requests.ts';

/**
 * A commit says of itself when it was made, which is before it came in and may be untrue; GitHub says when
 * its pull request was merged.
 */
export async function lastChange(
  connection: Connection,
  repository: string,
  path: string,
  commit: string | undefined,
  signal: AbortSignal,
): Promise<number | undefined> {
  const place = placeOf(repository);
  refuseOutside(path);
  if (commit !== undefined && !isCommit(commit))
    throw new InputError(`${found(commit)} is no commit.`);
  const asked = { ...place, path, per_page: 1, ...(commit && { sha: commit }) };
  const answer = await connection.get('GET /repos/{owner}/{repo}/commits', asked, signal);
  const { status, body } = answer;
  const { apiUrl } = connection;
  if (status === 409 && messageIn(body) === 'Git Repository is empty.') return undefined;
  if (status === 403 || status === 404) {
    throw unreadable(apiUrl, `the files of ${repository}`, 'contents: read', answer);
  }
  if (status === 200 && Array.isArray(body) && body.length === 0) return undefined;
  const last = status === 200 && Array.isArray(body) ? changeIn(body[0]) : undefined;
  if (!last) throw odd(apiUrl, `the last change of "${quotable(path)}" in ${repository}`, answer);
  const broughtIn = await pullRequestsOf(connection, repository, last.sha, signal);
  return Math.max(last.at, ...broughtIn.flatMap(({ merged }) => merged?.at ?? []));
}

function changeIn(item: unknown): { readonly sha: string; readonly at: number } | undefined {
  const commit = isMap(item) && isMap(item['commit']) ? item['commit'] : {};
  const committer = isMap(commit['committer']) ? commit['committer'] : {};
  const sha = isMap(item) ? commitOf(item['sha']) : undefined;
  const at = momentOf(committer['date']);
  return sha === undefined || at === undefined ? undefined : { sha, at };
}
