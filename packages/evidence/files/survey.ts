import { type Dirent, lstatSync, opendirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { InputError } from '@passmuster/core/errors.ts';
import type { FoundFile, Refused, Survey } from '@passmuster/core/files.ts';
import { byCodePoint, MAX_FILES, pathProblem, twins } from '@passmuster/core/paths.ts';
import { type Found, type FoundFolder, lookAt, rootFolder } from './look.ts';
import { rootOf } from './root.ts';
import { whyUnreadable } from './system-errors.ts';

const MAX_DEPTH = 100;
const LOOKS_IN_A_TURN = 1000;

/** Listed one by one, so that a folder with a million names is left as soon as it is too many. */
function* entriesOf(path: string): Generator<Dirent> {
  const folder = opendirSync(path, { bufferSize: 256 });
  try {
    for (let entry = folder.readSync(); entry; entry = folder.readSync()) yield entry;
  } finally {
    folder.closeSync();
  }
}

/** Counts what is found below one folder; files and folders each have the same limit. */
function counting(folder: string, most: number): (isFolder: boolean) => void {
  const seen = { files: 0, folders: 0 };
  return (isFolder) => {
    const kind = isFolder ? 'folders' : 'files';
    if (++seen[kind] <= most) return;
    throw new InputError([
      {
        message: `"${folder}" has more than ${most.toLocaleString('en')} ${kind} in it.`,
        hint: 'Name the folder of one model, or move what does not belong to it elsewhere.',
      },
    ]);
  };
}

/** The names in a folder, or why it could not be listed. */
function namesIn(
  root: string,
  folder: FoundFolder,
  wanted: (entry: Dirent) => boolean,
): string[] | string {
  const absolute = join(root, folder.path);
  try {
    const names: string[] = [];
    for (const entry of entriesOf(absolute)) if (wanted(entry)) names.push(entry.name);
    const after = lstatSync(absolute, { bigint: true });
    if (after.dev === folder.device && after.ino === folder.inode) return names;
    return 'was replaced while it was listed; try again once nothing writes to it';
  } catch (error) {
    return whyUnreadable(error);
  }
}

/** Each name that collides with another one beside it, and why that is refused. */
function collisionsOf(names: readonly string[]): Map<string, string> {
  const reasons = new Map<string, string>();
  const refuse = (name: string, other: string) =>
    reasons.set(
      name,
      `differs from "${other}" only by case or Unicode form, which some systems ignore; rename one`,
    );
  for (const [first, later] of twins(names)) {
    refuse(later, first);
    if (!reasons.has(first)) refuse(first, later);
  }
  return reasons;
}

const depthProblem = (path: string): string | undefined =>
  path.split('/').length > MAX_DEPTH ? `lies more than ${MAX_DEPTH} folders deep` : undefined;

/**
 * The Files port's survey. Folders without files leave no trace: digests cannot cover them. The
 * limit is the caller's choice only in tests.
 */
export async function survey(
  folder: string,
  skip: (path: string) => boolean,
  most = MAX_FILES,
  signal?: AbortSignal,
): Promise<Survey> {
  const root = rootOf(folder);
  const files: FoundFile[] = [];
  const refused: Refused[] = [];
  const waiting = [rootFolder(root)];
  const count = counting(folder, most);
  let looks = 0;

  const take = (found: Found) => {
    if ('file' in found) files.push(found.file);
    else if ('folder' in found) waiting.push(found.folder);
    else refused.push(found.refused);
  };

  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const below = next.path === '' ? '' : `${next.path}/`;
    const names = namesIn(root, next, (entry) => {
      if (skip(below + entry.name)) return false;
      count(entry.isDirectory());
      return true;
    });
    if (typeof names === 'string') {
      if (next.path === '') throw new InputError(`The folder "${folder}" ${names}.`);
      refused.push({ path: next.path, reason: names });
      continue;
    }
    const collisions = collisionsOf(names);
    for (const name of names) {
      if (++looks % LOOKS_IN_A_TURN === 0) {
        // A signal is heard between two turns.
        await nextTurn();
        signal?.throwIfAborted();
      }
      const path = below + name;
      const reason = pathProblem(path) ?? depthProblem(path) ?? collisions.get(name);
      take(reason === undefined ? lookAt(root, path) : { refused: { path, reason } });
    }
  }
  const byPath = (a: { path: string }, b: { path: string }) => byCodePoint(a.path, b.path);
  return { files: files.sort(byPath), refused: refused.sort(byPath) };
}
