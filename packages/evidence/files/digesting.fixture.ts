import { readdirSync } from 'node:fs';
import type { Algorithm, Digested, FoundFile } from '@passmuster/core/files.ts';
import type { Progress } from '@passmuster/core/progress.ts';
import { digest } from './digest.ts';
import { survey } from './survey.ts';

const silent: Progress = { begin: () => ({ advance: () => {}, end: () => {} }) };

export interface Given {
  readonly algorithms?: readonly Algorithm[];
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly threads?: number;
}

export const filesOf = async (folder: string): Promise<readonly FoundFile[]> =>
  (await survey(folder, () => false)).files;

export function digestThem(
  folder: string,
  files: readonly FoundFile[],
  given: Given = {},
): Promise<Digested[]> {
  const { algorithms = ['sha256'], progress = silent, threads } = given;
  const signal = given.signal ?? new AbortController().signal;
  return digest(folder, files, { algorithms, progress, signal }, threads);
}

export const digestAll = async (folder: string, given?: Given): Promise<Digested[]> =>
  digestThem(folder, await filesOf(folder), given);

/** Does something once, when the first piece is hashed and its file is still open. */
export function atFirstPiece(act: () => void): Progress {
  let done = false;
  const advance = () => {
    if (!done) act();
    done = true;
  };
  return { begin: () => ({ advance, end: () => {} }) };
}

export const openFiles = (): number => readdirSync('/dev/fd').length;
