import { quotable } from '@passmuster/core/quote.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import { messageIn } from './answer.ts';
import type { Connection } from './connection.ts';
import type { Place } from './place.ts';
import { odd, unreadable } from './problems.ts';

/** Up to here GitHub gives the content of a file together with what kind of file it is. */
const LARGEST = 2 ** 20;

/** The bytes of a file; that there is none; or why what is there is none to read, as the end of a sentence. */
export type Content = Buffer | 'absent' | { readonly refused: string };

/** What a commit, one that we may read, keeps at a path. */
export async function contentAt(
  connection: Connection,
  place: Place,
  path: string,
  commit: string,
  signal: AbortSignal,
): Promise<Content> {
  const answer = await connection.get(
    'GET /repos/{owner}/{repo}/contents/{path}',
    { ...place, path, ref: commit, headers: { accept: 'application/vnd.github.object+json' } },
    signal,
  );
  const { apiUrl } = connection;
  const repository = `${place.owner}/${place.repo}`;
  // Of a commit that not all of its servers know yet, GitHub says so in other words.
  if (answer.status === 404 && messageIn(answer.body) === 'Not Found') return 'absent';
  if (answer.status === 403) {
    throw unreadable(apiUrl, `the files of ${repository}`, 'contents: read', answer);
  }
  const content = answer.status === 200 ? contentOf(answer.body) : undefined;
  if (!content) throw odd(apiUrl, `"${quotable(path)}" of ${repository}`, answer);
  return content;
}

/** Nothing when the answer is none that GitHub would give. */
function contentOf(body: unknown): Buffer | { readonly refused: string } | undefined {
  if (!isMap(body)) return undefined;
  const { type, size, encoding, content } = body;
  const wrong = typeof type === 'string' ? WRONG[type] : undefined;
  if (wrong) return { refused: wrong };
  if (type !== 'file' || typeof size !== 'number') return undefined;
  if (size > LARGEST || encoding === 'none') {
    return { refused: `is too large: at most ${LARGEST.toLocaleString('en')} bytes are read` };
  }
  if (encoding !== 'base64' || typeof content !== 'string') return undefined;
  const bytes = Buffer.from(content, 'base64');
  return bytes.length === size ? bytes : undefined;
}

/** A link to a file of the same commit is followed by GitHub itself; this is any other. */
const WRONG: Readonly<Record<string, string>> = {
  dir: 'is a folder; a file was expected',
  symlink: 'is a link that leads to no file of the repository',
  submodule: 'is a submodule; a file was expected',
};
