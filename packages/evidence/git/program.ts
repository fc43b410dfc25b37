import { execFile } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import { found, quotable } from '@passmuster/core/quote.ts';

export interface Ran {
  readonly code: number;
  readonly output: string;
  readonly complaint: string;
}

/** Settings that hold for one call, over those of the repository. */
export type Settings = Readonly<Record<string, string>>;

/** Even large repositories take seconds. */
const PATIENCE_MS = 60_000;

/** Far more than any list of changed files; a list that is longer is no list. */
const LONGEST = 256 * 2 ** 20;

/**
 * Nothing of the repository's own may run, and nothing is written there or fetched. A bare repository
 * counts only where it is named as one: its files may have come with somebody's model.
 */
const SAFE: Settings = {
  'core.fsmonitor': 'false',
  'core.hooksPath': '/dev/null',
  'safe.bareRepository': 'explicit',
};

/** Runs Git in a folder; nothing where there is no such program. */
export function git(
  folder: string,
  args: readonly string[],
  settings: Settings,
  signal: AbortSignal,
): Promise<Ran | undefined> {
  signal.throwIfAborted();
  const options = {
    // Windows looks for programs in the current folder first, which may hold anybody's `git.exe`.
    cwd: dirname(process.execPath),
    env: environment(process.env, { ...settings, ...SAFE }),
    maxBuffer: LONGEST,
    // A pipe in place of a file of Git's holds it up for ever.
    timeout: PATIENCE_MS,
    signal,
    windowsHide: true,
  };
  const { promise, resolve: end, reject } = Promise.withResolvers<Ran | undefined>();
  execFile('git', ['-C', resolve(folder), ...args], options, (error, output, complaint) => {
    if (signal.aborted) return reject(signal.reason);
    if (!error) return end({ code: 0, output, complaint });
    if (error.code === 'ENOENT' || error.code === 'EACCES') return end(undefined);
    if (typeof error.code === 'number') return end({ code: error.code, output, complaint });
    reject(brokenOff(folder, error.signal ?? error.code ?? 'no reason given'));
  });
  return promise;
}

const brokenOff = (folder: string, reason: unknown): InputError =>
  new InputError([
    {
      message: `\`git\` was broken off in ${found(folder)} (${quotable(String(reason))}).`,
      hint: 'Run `git status` there and see whether it ends.',
    },
  ]);

/** Where a person may have said which folders Git shall trust. */
const KEPT = /^GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|KEY_\d+|VALUE_\d+)$/;

/**
 * The environment for Git: without what would lead it to another repository, as a hook of Git has it,
 * and with messages in English, for they are read here.
 */
export function environment(variables: NodeJS.ProcessEnv, settings: Settings): NodeJS.ProcessEnv {
  const kept = Object.entries(variables).filter(
    ([name]) => !name.toUpperCase().startsWith('GIT_') || KEPT.test(name),
  );
  const count = Number(variables['GIT_CONFIG_COUNT'] || 0) || 0;
  const added = Object.entries(settings).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${count + index}`, key],
    [`GIT_CONFIG_VALUE_${count + index}`, value],
  ]);
  return Object.fromEntries([
    ...kept,
    ...added,
    ['GIT_CONFIG_COUNT', String(count + added.length / 2)],
    ['GIT_OPTIONAL_LOCKS', '0'],
    ['GIT_NO_LAZY_FETCH', '1'],
    ['GIT_ALLOW_PROTOCOL', 'none'],
    ['LC_ALL', 'C'],
  ]);
}
