import type { Settings } from './program.ts';

/** What `git config` is asked for, as it matches keys: the section and the last word in small letters. */
export const ASKED =
  '^(filter\\..*\\.(clean|process)|lfs\\.extension\\..*|remote\\.origin\\.url|core\\.fsmonitor)$';

export interface Setting {
  /** `local` and `worktree` are the repository's own, `command` is what we said. */
  readonly scope: string;
  readonly key: string;
  readonly value: string;
}

/** Reads the answer of `git config -z --show-scope`. */
export function parseSettings(output: string): Setting[] {
  const parts = output.split('\0');
  const settings: Setting[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [scope = '', entry = ''] = parts.slice(at, at + 2);
    const end = entry.indexOf('\n');
    const [key, value] = end < 0 ? [entry, ''] : [entry.slice(0, end), entry.slice(end + 1)];
    settings.push({ scope, key, value });
  }
  return settings;
}

/** Whether Git heard our settings: before 2.31 it does not look for them in the environment. */
export const hasHeard = (settings: readonly Setting[]): boolean =>
  settings.some(({ scope, key }) => scope === 'command' && key === 'core.fsmonitor');

/** What `git lfs install --local` writes. */
const LFS: ReadonlySet<string> = new Set(['git-lfs clean -- %f', 'git-lfs filter-process']);

/**
 * Settings that turn off the programs which the repository itself wants files to go through before they
 * are compared: they may have come with somebody's model. Without its filter a file looks changed at
 * worst. Git LFS goes on, unless the repository hangs programs of its own into it.
 */
export function withoutFilters(settings: readonly Setting[]): Settings {
  const own = settings.filter(({ scope }) => scope === 'local' || scope === 'worktree');
  const extended = own.some(({ key }) => key.startsWith('lfs.extension.'));
  const off = own
    .filter(({ key, value }) => key.startsWith('filter.') && (extended || !LFS.has(value)))
    .map(({ key }) => key.slice(0, key.lastIndexOf('.')));
  return Object.fromEntries(
    off.flatMap((filter) => [
      [`${filter}.clean`, ''],
      [`${filter}.process`, ''],
      [`${filter}.required`, 'false'],
    ]),
  );
}
