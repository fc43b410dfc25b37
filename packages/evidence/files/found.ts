import { constants, fstatSync, openSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundFile } from '@passmuster/core/files.ts';
import { identityOf } from './identity.ts';
import { isBelow } from './root.ts';
import { systemCode } from './system-errors.ts';

export type Refusal = { readonly refused: string };

export const REPLACED: Refusal = {
  refused: 'was changed or replaced after it was listed; try again once nothing writes to it',
};
export const CHANGED: Refusal = {
  refused: 'changed while it was read; try again once nothing writes to it',
};

// A pipe put in a file's place would hold us without O_NONBLOCK. Windows has neither flag: there
// the identity alone tells that something else was opened.
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A file of a survey, open for reading; whatever has taken its place is not opened or not used. */
export function openFound(root: string, path: string): number | Refusal {
  const absolute = join(root, path);
  try {
    return openSync(absolute, READ);
  } catch (error) {
    if (systemCode(error) !== 'ELOOP') throw error;
  }
  const target = realpathSync.native(absolute);
  return isBelow(root, target) ? openSync(target, READ) : REPLACED;
}

export function isStill(file: FoundFile, opened: number): boolean {
  const stats = fstatSync(opened, { bigint: true });
  return stats.isFile() && identityOf(stats) === file.identity;
}
