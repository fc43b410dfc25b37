import { closeSync, constants, fstatSync, openSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Digested, FoundFile } from '@passmuster/core/files.ts';
import { type Buffers, hashAtOnce, hashInPieces, PIECE } from './hash.ts';
import { identityOf } from './identity.ts';
import { isBelow } from './root.ts';
import { systemCode, whyUnreadable } from './system-errors.ts';

export interface Task {
  /** The folder without links in its path. */
  readonly root: string;
  readonly withMd5: boolean;
}

type Refusal = { readonly refused: string };

const REPLACED: Refusal = {
  refused: 'was changed or replaced after it was listed; try again once nothing writes to it',
};
const CHANGED: Refusal = {
  refused: 'changed while it was read; try again once nothing writes to it',
};

// A pipe put in a file's place would hold us without O_NONBLOCK. Windows has neither flag: there
// the identity alone tells that something else was opened.
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function openFound(root: string, path: string): number | Refusal {
  const absolute = join(root, path);
  try {
    return openSync(absolute, READ);
  } catch (error) {
    if (systemCode(error) !== 'ELOOP') throw error;
  }
  const target = realpathSync.native(absolute);
  return isBelow(root, target) ? openSync(target, READ) : REPLACED;
}

function isStill(file: FoundFile, opened: number): boolean {
  const stats = fstatSync(opened, { bigint: true });
  return stats.isFile() && identityOf(stats) === file.identity;
}

async function digestOpened(
  opened: number,
  file: FoundFile,
  task: Task,
  buffers: Buffers,
  onPiece: (bytes: number) => void,
): Promise<Digested> {
  // A parent that was swapped for a link leads to another file, which is not read.
  if (!isStill(file, opened)) return REPLACED;
  const { bytes, digests } =
    file.size < PIECE
      ? hashAtOnce(opened, file.size, buffers, task.withMd5)
      : await hashInPieces(opened, file.size, buffers, task.withMd5, onPiece);
  return bytes === file.size && isStill(file, opened) ? digests : CHANGED;
}

async function digestFile(
  file: FoundFile,
  task: Task,
  buffers: Buffers,
  onPiece: (bytes: number) => void,
): Promise<Digested> {
  let opened: number | Refusal | undefined;
  try {
    opened = openFound(task.root, file.path);
    if (typeof opened !== 'number') return opened;
    return await digestOpened(opened, file, task, buffers, onPiece);
  } catch (error) {
    return { refused: whyUnreadable(error) };
  } finally {
    if (typeof opened === 'number') closeSync(opened);
  }
}

/** Digests of one file after the other. In all, `onBytes` hears the size that each was listed with. */
export async function digestFiles(
  files: readonly FoundFile[],
  task: Task,
  buffers: Buffers,
  onBytes: (bytes: number) => void,
): Promise<Digested[]> {
  const digests: Digested[] = [];
  for (const file of files) {
    let left = file.size;
    const onPiece = (bytes: number) => {
      left -= bytes;
      onBytes(bytes);
    };
    digests.push(await digestFile(file, task, buffers, onPiece));
    onBytes(left);
  }
  return digests;
}
