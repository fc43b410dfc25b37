import { createHash } from 'node:crypto';
import { byCodePoint } from '../../paths.ts';
import type { Keys } from '../serving.ts';
import type { Workload } from '../workload.ts';
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

const NAMES: readonly string[] = Object.values(STAMP);

/** What we have put on a template, whatever of it is left; empty where it was never started by us. */
export const stampOn = ({
  template: { annotations },
}: Pick<Workload, 'template'>): ReadonlyMap<string, string> =>
  new Map([...annotations].filter(([name]) => NAMES.includes(name)));

/** The version that its pods are said to serve: the canary's where they read nothing else. */
export function versionFor(
  { keys: names }: Pick<Reader, 'keys'>,
  keys: Pick<Keys, 'current' | 'canary'>,
  data: ReadonlyMap<string, string | undefined>,
): string {
  const isOfCanary = names.includes(keys.canary) && !names.includes(keys.current);
  return data.get(isOfCanary ? keys.canary : keys.current) ?? '';
}

/** Whether a template, or a pod made of it, is of this stamp. */
export const hasStamp = (annotations: ReadonlyMap<string, string>, stamp: Stamp): boolean =>
  [...stamp].every(([name, value]) => annotations.get(name) === value);
