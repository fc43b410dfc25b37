import { lstatSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import { systemCode } from './system-errors.ts';

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist: a part of its path is a file',
  EACCES: 'may not be read by this user',
  ELOOP: 'is a link that leads round in a circle',
};

/** The folder itself without links in its path; a link to a folder is as good as the folder. */
export function rootOf(folder: string): string {
  try {
    const root = realpathSync.native(folder);
    if (lstatSync(root).isDirectory()) return root;
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const why = WHY[code] ?? `could not be opened (${code})`;
    const message = `The folder "${folder}" ${why}.`;
    throw new InputError([{ message, hint: 'Name the folder that holds the files.' }], {
      cause: error,
    });
  }
  const message = `"${folder}" is not a folder.`;
  throw new InputError([{ message, hint: 'Name the folder that holds the files.' }]);
}

/** Whether a path without links in it lies below the root. */
export const isBelow = (root: string, path: string): boolean =>
  path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
