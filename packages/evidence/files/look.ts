import { type BigIntStats, lstatSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundFile, Refused } from '@passmuster/core/files.ts';
import { identityOf } from './identity.ts';
import { isBelow } from './root.ts';
import { systemCode, whyUnreadable } from './system-errors.ts';

export interface FoundFolder {
  readonly path: string;
  /** Tells it from a link that takes its place before it is listed. */
  readonly device: bigint;
  readonly inode: bigint;
}

export type Found =
  | { readonly file: FoundFile }
  | { readonly folder: FoundFolder }
  | { readonly refused: Refused };

const LEADS_OUT =
  'is a link that leads out of the folder, and nothing outside is read; put the file itself here ' +
  '(from Hugging Face: hf download … --local-dir, and allow its .cache/**)';

const refuse = (path: string, reason: string): Found => ({ refused: { path, reason } });

function specialKind(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

/** A file with several names (hard links) is fine: what counts is what is in it. */
const foundFile = (path: string, stats: BigIntStats): FoundFile => ({
  path,
  size: Number(stats.size),
  identity: identityOf(stats),
});

function lookBehindLink(root: string, path: string): Found {
  let target: string;
  try {
    target = realpathSync.native(join(root, path));
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return refuse(
      path,
      'is a link to something that is not there; remove it or restore its target',
    );
  }
  if (target !== root && !isBelow(root, target)) return refuse(path, LEADS_OUT);
  const stats = lstatSync(target, { bigint: true });
  if (stats.isFile()) return { file: { ...foundFile(path, stats), isLink: true } };
  if (stats.isDirectory()) {
    return refuse(path, 'is a link to a folder, which is not followed; put the folder itself here');
  }
  return refuse(path, `is a link to ${specialKind(stats)}, which is never opened; remove it`);
}

const foundFolder = (path: string, stats: BigIntStats): FoundFolder => ({
  path,
  device: stats.dev,
  inode: stats.ino,
});

export const rootFolder = (root: string): FoundFolder =>
  foundFolder('', lstatSync(root, { bigint: true }));

/** What stands at a path, without opening it. */
export function lookAt(root: string, path: string): Found {
  try {
    const stats = lstatSync(join(root, path), { bigint: true });
    if (stats.isFile()) return { file: foundFile(path, stats) };
    if (stats.isSymbolicLink()) return lookBehindLink(root, path);
    if (stats.isDirectory()) return { folder: foundFolder(path, stats) };
    return refuse(
      path,
      `is ${specialKind(stats)}, which is never opened; remove it from the folder`,
    );
  } catch (error) {
    return refuse(path, whyUnreadable(error));
  }
}
