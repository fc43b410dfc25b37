import { closeSync } from 'node:fs';
import type { Digested, FoundFile } from '@passmuster/core/files.ts';
import { CHANGED, isStill, openFound, REPLACED, type Refusal } from './found.ts';
import { type Buffers, hashAtOnce, hashInPieces, PIECE } from './hash.ts';
import { whyUnreadable } from './system-errors.ts';

export interface Task {
  /** The folder without links in its path. */
  readonly root: string;
  readonly withMd5: boolean;
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
