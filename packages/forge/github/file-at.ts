import { isCommit } from '@passmuster/core/commit.ts';
import { InputError } from '@passmuster/core/errors.ts';
import type { FileAtRef } from '@passmuster/core/forge.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import { decodeUtf8 } from '@passmuster/core/utf8.ts';
import { messageIn } from './answer.ts';
import type { Connection } from './connection.ts';
import { contentAt } from './contents.ts';
import { type Place, placeOf, refuseOutside } from './place.ts';
import { odd, unknownRef, unreadable } from './problems.ts';

/**
 * A file of the commit that a ref names now. The commit is asked for first: it shows that we may read
 * there, and only then does "not found" mean that there is no such file.
 */
export async function fileAt(
  connection: Connection,
  repository: string,
  path: string,
  ref: string | undefined,
  signal: AbortSignal,
): Promise<FileAtRef> {
  const place = placeOf(repository);
  refuseOutside(path);
  const commit = await commitAt(connection, place, ref, signal);
  if (commit === undefined) return 'absent';
  const content = await contentAt(connection, place, path, commit, signal);
  if (content === 'absent') return 'absent';
  if ('refused' in content) {
    const message = `"${quotable(path)}" ${content.refused}.`;
    throw new InputError([{ message, place: { file: path } }]);
  }
  return { text: decodeUtf8(content, path), commit };
}

/** The commit that a ref names; nothing in a repository without any. */
async function commitAt(
  connection: Connection,
  place: Place,
  ref: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  const repository = `${place.owner}/${place.repo}`;
  const answer =
    ref === undefined
      ? await connection.get('GET /repos/{owner}/{repo}/commits', { ...place, per_page: 1 }, signal)
      : await connection.get(
          'GET /repos/{owner}/{repo}/commits/{ref}',
          { ...place, ref: exact(ref), headers: { accept: 'application/vnd.github.sha' } },
          signal,
        );
  const { status, body } = answer;
  const { apiUrl } = connection;
  if (status === 409 && messageIn(body) === 'Git Repository is empty.') return undefined;
  if (status === 403 || status === 404) {
    throw unreadable(apiUrl, `the files of ${repository}`, 'contents: read', answer);
  }
  if (status === 422 && ref !== undefined) throw unknownRef(repository, ref, answer);
  const commit = ref === undefined ? firstOf(body) : body;
  if (status === 200 && typeof commit === 'string' && isCommit(commit)) return commit;
  throw odd(apiUrl, `the commit at ${quotable(ref ?? 'the default branch')}`, answer);
}

/** A bare name is a branch: a tag of the same name, which more people may set, must not pass for it. */
function exact(ref: string): string {
  if (ref === '') throw new InputError('A ref was expected, and it is an empty text.');
  if (isCommit(ref)) return ref;
  return ref.startsWith('refs/') ? ref.slice('refs/'.length) : `heads/${ref}`;
}

const firstOf = (list: unknown): unknown =>
  Array.isArray(list) && isMap(list[0]) ? list[0]['sha'] : undefined;
