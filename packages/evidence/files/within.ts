import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { isBelow, rootOf } from './root.ts';
import { systemCode } from './system-errors.ts';

function realFolder(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

/** The Files port's within. The file need not be there, and a link in its own place is not followed. */
export async function within(folder: string, path: string): Promise<string | undefined> {
  const root = rootOf(folder);
  const parent = realFolder(dirname(path));
  if (parent === undefined) return undefined;
  const absolute = join(parent, basename(path));
  return isBelow(root, absolute) ? relative(root, absolute).split(sep).join('/') : undefined;
}
