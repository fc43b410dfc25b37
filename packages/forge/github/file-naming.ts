import { holdsWord } from '@passmuster/core/approvals/holds-word.ts';
import { isCommit } from '@passmuster/core/commit.ts';
import { InputError } from '@passmuster/core/errors.ts';
import type { NamingFile } from '@passmuster/core/forge.ts';
import { found, quotable } from '@passmuster/core/quote.ts';
import { together } from '@passmuster/core/together.ts';
import { textOf } from '@passmuster/core/utf8.ts';
import type { Connection } from './connection.ts';
import { contentAt } from './contents.ts';
import { listed, type Question } from './listed.ts';
import { isInside, placeOf } from './place.ts';
import { numberIn } from './pull-requests.ts';

/** Each is a question of its own, and a token has a thousand an hour. */
const MOST_FILES = 300;
const AT_ONCE = 8;

export async function fileNaming(
  connection: Connection,
  repository: string,
  number: number,
  commit: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<NamingFile> {
  const place = placeOf(repository);
  if (!isCommit(commit)) throw new InputError(`${found(commit)} is no commit.`);
  const question: Question = {
    route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
    parameters: { ...place, pull_number: numberIn(number) },
    what: `the files of pull request #${number} of ${repository}`,
    permission: 'pull-requests: read',
  };
  const { items, more } = await listed(connection, question, MOST_FILES, changeIn, signal);
  const names = (text: string) => texts.some((wanted) => holdsWord(text, wanted));
  const unread = more ? [`Only the first ${MOST_FILES} of its files were read.`] : [];
  for (const paths of inTurn(items, names)) {
    const read = paths.map(
      (path) => (either: AbortSignal) => contentAt(connection, place, path, commit, either),
    );
    const contents = await together(signal, read);
    const at = contents.findIndex((one) => Buffer.isBuffer(one) && names(textOf(one) ?? ''));
    const path = paths[at];
    if (path !== undefined) return { path };
    unread.push(...contents.flatMap((one, index) => refusalOf(one, paths[index] ?? '')));
  }
  return { unread };
}

interface Change {
  readonly path: string;
  readonly isThere: boolean;
  /** What changed in it, as far as GitHub shows that. */
  readonly patch: string;
}

function changeIn(item: Readonly<Record<string, unknown>>): Change | undefined {
  const { filename, status, patch = '' } = item;
  if (typeof filename !== 'string' || typeof status !== 'string') return undefined;
  if (typeof patch !== 'string') return undefined;
  return { path: filename, isThere: status !== 'removed' && isInside(filename), patch };
}

/** What is most likely to hold the text is read first, and alone: mostly that is all. */
function* inTurn(
  changes: readonly Change[],
  names: (text: string) => boolean,
): Generator<readonly string[]> {
  const there = changes.filter(({ isThere }) => isThere);
  const [likely, rest] = [true, false].map((is) => there.filter((one) => names(one.patch) === is));
  for (const { path } of likely ?? []) yield [path];
  const paths = (rest ?? []).map(({ path }) => path);
  for (let at = 0; at < paths.length; at += AT_ONCE) yield paths.slice(at, at + AT_ONCE);
}

const refusalOf = (content: Awaited<ReturnType<typeof contentAt>>, path: string): string[] =>
  typeof content === 'object' && 'refused' in content
    ? [`"${quotable(path)}" ${content.refused}.`]
    : [];
