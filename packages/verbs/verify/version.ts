import type { Files, Survey } from '@passmuster/core/files.ts';
import { textOf } from '@passmuster/core/utf8.ts';

export const VERSION_FILE = 'VERSION';
const MOST_BYTES = 64 * 1024;

export interface VersionCheck {
  readonly expected: string;
  readonly found?: string;
  readonly matches: boolean;
  /** Why there is nothing to compare. */
  readonly reason?: string;
}

/**
 * What a model loader does before it serves: the VERSION file, white space trimmed, is the version. A loader
 * in another language trims no byte order mark, so neither do we.
 */
export async function checkVersion(
  files: Files,
  folder: string,
  expected: string | undefined,
  { files: found, refused }: Survey,
): Promise<VersionCheck | undefined> {
  if (expected === undefined) return undefined;
  const none = (reason: string): VersionCheck => ({ expected, matches: false, reason });
  const file = found.find(({ path }) => path === VERSION_FILE);
  if (file === undefined) {
    const why = refused.find(({ path }) => path === VERSION_FILE)?.reason;
    return none(why ?? 'is not there');
  }
  const bytes = await files.readFound(folder, file, MOST_BYTES);
  if ('refused' in bytes) return none(bytes.refused);
  const text = textOf(bytes);
  if (text === undefined) return none('is no UTF-8 text');
  const version = text.replace(/^[ \t\r\n\v\f]+|[ \t\r\n\v\f]+$/g, '');
  return { expected, found: version, matches: version === expected };
}
