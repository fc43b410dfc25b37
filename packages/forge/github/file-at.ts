import { InputError } from '@passmuster/core/errors.ts';
import type { FileAtRef } from '@passmuster/core/forge.ts';
import { found, quotable } from '@passmuster/core/quote.ts';
import { decodeUtf8 } from '@passmuster/core/utf8.ts';
import { isRepository } from '@passmuster/core/workflow-run.ts';
import { messageIn } from './answer.ts';
import type { Connection } from './connection.ts';
import { odd, unknownRef, unreadable } from './problems.ts';

/** Up to here GitHub gives the content of a file together with what kind of file it is. */
const LARGEST = 2 ** 20;

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
  const place = placeOf(repository, path);
  const commit = await commitAt(connection, place, ref, signal);
  if (commit === undefined) return 'absent';
  const answer = await connection.get(
    'GET /repos/{owner}/{repo}/contents/{path}',
    { ...place, path, ref: commit, headers: { accept: 'application/vnd.github.object+json' } },
    signal,
  );
  // Of a commit that not all of its servers know yet, GitHub says so in other words.
  if (answer.status === 404 && messageIn(answer.body) === 'Not Found') return 'absent';
  if (answer.status === 403) throw unreadable(connection.apiUrl, repository, answer);
  const bytes = answer.status === 200 ? contentOf(answer.body, path) : undefined;
  if (!bytes) throw odd(connection.apiUrl, `"${quotable(path)}" of ${repository}`, answer);
  return { text: decodeUtf8(bytes, path), commit };
}

interface Place {
  readonly owner: string;
  readonly repo: string;
}

function placeOf(repository: string, path: string): Place {
  if (!isRepository(repository)) {
    throw new InputError(`${found(repository)} is no repository; \`owner/name\` was expected.`);
  }
  if (path.split('/').some((name) => ['', '.', '..'].includes(name))) {
    throw new InputError(`${found(path)} is no path of a file in a repository.`);
  }
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

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
  if (status === 409 && messageIn(body) === 'Git Repository is empty.') return undefined;
  if (status === 403 || status === 404) throw unreadable(connection.apiUrl, repository, answer);
  if (status === 422 && ref !== undefined) throw unknownRef(repository, ref, answer);
  const commit = ref === undefined ? firstOf(body) : body;
  if (status === 200 && typeof commit === 'string' && COMMIT.test(commit)) return commit;
  throw odd(connection.apiUrl, `the commit at ${quotable(ref ?? 'the default branch')}`, answer);
}

/** A bare name is a branch: a tag of the same name, which more people may set, must not pass for it. */
function exact(ref: string): string {
  if (ref === '') throw new InputError('A ref was expected, and it is an empty text.');
  if (COMMIT.test(ref)) return ref;
  return ref.startsWith('refs/') ? ref.slice('refs/'.length) : `heads/${ref}`;
}

const firstOf = (list: unknown): unknown =>
  Array.isArray(list) ? field(list[0], 'sha') : undefined;

const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

/** The bytes of a file; nothing when the answer is none that GitHub would give. */
function contentOf(body: unknown, path: string): Buffer | undefined {
  const [type, size] = [field(body, 'type'), field(body, 'size')];
  const wrong = typeof type === 'string' ? WRONG[type] : undefined;
  if (wrong) throw refused(path, wrong);
  if (type !== 'file' || typeof size !== 'number') return undefined;
  if (size > LARGEST || field(body, 'encoding') === 'none') {
    throw refused(path, `is too large: at most ${LARGEST.toLocaleString('en')} bytes are read`);
  }
  const content = field(body, 'content');
  if (field(body, 'encoding') !== 'base64' || typeof content !== 'string') return undefined;
  const bytes = Buffer.from(content, 'base64');
  return bytes.length === size ? bytes : undefined;
}

/** A link to a file of the same commit is followed by GitHub itself; this is any other. */
const WRONG: Readonly<Record<string, string>> = {
  dir: 'is a folder; a file was expected',
  symlink: 'is a link that leads to no file of the repository',
  submodule: 'is a submodule; a file was expected',
};

const refused = (path: string, why: string): InputError =>
  new InputError([{ message: `"${quotable(path)}" ${why}.`, place: { file: path } }]);
