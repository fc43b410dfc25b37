import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Files, Survey } from '@passmuster/core/files.ts';
import type { DigestedFile } from '@passmuster/core/manifest/entry.ts';

export const VERSION_FILE = 'VERSION';
const MOST_BYTES = 64 * 1024;

export interface VersionCheck {
  readonly expected: string;
  readonly found?: string;
  readonly matches: boolean;
}

/** What a model loader does before it serves: the VERSION file, white space trimmed, is the version. */
export async function checkVersion(
  files: Files,
  folder: string,
  expected: string | undefined,
  survey: Survey,
  digested: readonly DigestedFile[],
): Promise<VersionCheck | undefined> {
  if (expected === undefined) return undefined;
  if (!survey.files.some(({ path }) => path === VERSION_FILE)) return { expected, matches: false };
  const bytes =
    (await files.read(posix.join(folder, VERSION_FILE), MOST_BYTES)) ?? new Uint8Array();
  const found = Buffer.from(bytes).toString().trim();
  const listed = digested.find(({ path }) => path === VERSION_FILE);
  const asHashed =
    listed === undefined || createHash('sha256').update(bytes).digest('hex') === listed.sha256;
  return { expected, found, matches: found === expected && asHashed };
}
