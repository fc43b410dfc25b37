import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import { isBelow, rootOf } from './root.ts';
import { systemCode } from './system-errors.ts';

const NEW_FILE =
  constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

const WHAT_TO_DO: Readonly<Record<string, readonly [string, string]>> = {
  ENOENT: ['its folder does not exist', 'Create the folder first.'],
  ENOTDIR: ['a part of its path is a file', 'Name a path in a folder.'],
  EACCES: ['this user may not write there', 'Give write access to the folder, or name another.'],
  EPERM: ['this user may not write there', 'Give write access to the folder, or name another.'],
  EROFS: ['the file system is read-only', 'Name a path on one that can be written.'],
  ENOSPC: ['no space is left', 'Free some space, or name a path on another disk.'],
  EDQUOT: ['the quota is used up', 'Free some space, or name a path on another disk.'],
  EFBIG: ['it is larger than this process may write', 'Raise the limit (ulimit -f).'],
  ENAMETOOLONG: ['its name or path is too long', 'Name a shorter path.'],
};

function unwritable(path: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  const [why, hint] = WHAT_TO_DO[code] ?? [`the system answered ${code}`];
  const message = `"${path}" could not be written: ${why}.`;
  return new InputError([hint === undefined ? { message } : { message, hint }], { cause: error });
}

/** Only a regular file is replaced: behind a link may stand anything, and a pipe holds no file. */
function refuseTarget(path: string, existing: Stats): void {
  if (existing.isFile()) return;
  if (existing.isDirectory()) throw new InputError(`"${path}" is a folder; name a file in it.`);
  if (!existing.isSymbolicLink()) {
    throw new InputError(`"${path}" is a pipe or a device; name a regular file.`);
  }
  const message = `"${path}" is a link, and links are not written through.`;
  throw new InputError([{ message, hint: 'Name the file it leads to, or remove the link.' }]);
}

/** A new folder is made where the path says, not where a link on the way leads to. */
function refuseBehindLink(path: string): void {
  let folder = dirname(resolve(path));
  while (!lstatSync(folder, { throwIfNoEntry: false })) folder = dirname(folder);
  const [here, real] = [rootOf('.'), realpathSync.native(folder)];
  const seemsBelow = isBelow(here, `${folder}/x`);
  if (!seemsBelow || isBelow(here, `${real}/x`)) return;
  const message = `"${path}" lies behind a link that leads out of this folder.`;
  throw new InputError([{ message, hint: 'Name a path that no link is part of.' }]);
}

/** Makes the rename itself survive a power cut, where the system can do that for a folder. */
function syncFolder(folder: string): void {
  let opened: number | undefined;
  try {
    opened = openSync(folder, constants.O_RDONLY);
    fsyncSync(opened);
  } catch {
    // The file is in its place already.
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

function writeAndSync(opened: number, content: string): void {
  try {
    writeFileSync(opened, content);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/**
 * The Files port's write. It never yields, so no signal is handled half-way. What replaces a file
 * may be read by nobody who could not read the old one.
 */
export async function write(
  path: string,
  content: string,
  { makesFolder } = { makesFolder: false },
): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.passmuster-${randomBytes(8).toString('hex')}.tmp`);
  try {
    if (makesFolder) {
      refuseBehindLink(path);
      mkdirSync(folder, { recursive: true });
    }
    const existing = lstatSync(path, { throwIfNoEntry: false });
    if (existing) refuseTarget(path, existing);
    const mode = existing ? existing.mode & 0o777 : 0o644;
    const opened = openSync(temporary, NEW_FILE, mode);
    try {
      writeAndSync(opened, content);
      renameSync(temporary, path);
    } catch (error) {
      unlinkSync(temporary);
      throw error;
    }
  } catch (error) {
    throw unwritable(path, error);
  }
  syncFolder(folder);
}
