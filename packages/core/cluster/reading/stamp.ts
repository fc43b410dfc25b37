import { createHash } from 'node:crypto';
import { byCodePoint } from '../../paths.ts';
import type { Reader } from './reader.ts';

/** Annotations of a pod template, by name; nothing where one is not to be there. */
export type Stamp = ReadonlyMap<string, string | undefined>;

export const STAMP = {
  version: 'passmuster.dev/version',
  config: 'passmuster.dev/config',
  /** For values that were something else meanwhile: the version of the ConfigMap that was mended. */
  again: 'passmuster.dev/again',
} as const;

/** The same for the same values, in whatever order; a key that is not there is not one that is empty. */
function digest(keys: readonly string[], data: ReadonlyMap<string, string | undefined>): string {
  const pairs = keys.toSorted(byCodePoint).map((key) => [key, data.get(key) ?? null]);
  return `sha256:${createHash('sha256').update(JSON.stringify(pairs)).digest('hex')}`;
}

/**
 * What makes a workload start new pods just when what it reads has changed: the same values change nothing, so
 * that to do it again is free.
 */
export const stampOf = (
  { keys }: Pick<Reader, 'keys'>,
  data: ReadonlyMap<string, string | undefined>,
  { version }: { readonly version: string },
): ReadonlyMap<string, string> =>
  new Map([
    [STAMP.version, version],
    [STAMP.config, digest(keys, data)],
  ]);

/** Whether a template, or a pod made of it, is of this stamp. */
export const hasStamp = (annotations: ReadonlyMap<string, string>, stamp: Stamp): boolean =>
  [...stamp].every(([name, value]) => annotations.get(name) === value);
