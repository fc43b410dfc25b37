import { InputError } from '@passmuster/core/errors.ts';
import type { CheckedOut, Git } from '@passmuster/core/git.ts';
import { found, quotable } from '@passmuster/core/quote.ts';
import { withoutSecrets } from './address.ts';
import { ASKED, hasHeard, parseSettings, withoutFilters } from './settings.ts';

/** Git as the `git` program tells it. */
export const gitProgram = (): Git => ({ checkedOut });

const CONFIG = ['config', '-z', '--show-scope', '--get-regexp', ASKED];

const STATUS = [
  ...['status', '--porcelain=v2', '--branch', '-z', '--no-ahead-behind', '--no-renames'],
  ...['--untracked-files=no', '--ignore-submodules=all'],
];

async function checkedOut(folder: string, signal: AbortSignal): Promise<CheckedOut | undefined> {
  // What starts programs is loaded when one is started.
  const { git } = await import('./program.ts');
  const config = await git(folder, CONFIG, {}, signal);
  if (!config) return undefined;
  const settings = parseSettings(config.output);
  if (!hasHeard(settings)) throw refused(folder, config.complaint);
  const status = await git(folder, STATUS, withoutFilters(settings), signal);
  if (!status || ELSEWHERE.test(status.complaint)) return undefined;
  if (status.code !== 0) throw refused(folder, status.complaint);
  const lines = status.output.split('\0');
  const commit = lines.map((line) => COMMIT.exec(line)?.[1]).find(Boolean);
  if (!commit) return undefined;
  const dirty = lines.some((line) => line !== '' && !line.startsWith('#'));
  const origin = settings.find(({ key }) => key === 'remote.origin.url');
  const repository = origin && withoutSecrets(origin.value);
  return { commit, dirty, ...(repository && { repository }) };
}

const COMMIT = /^# branch\.oid ([0-9a-f]{40,64})$/;

/** Git went, and says that there is no work tree of it here. */
const ELSEWHERE =
  /^fatal: (?:not a git repository|this operation must be run in a work tree|cannot use bare repository)/m;

const ANOTHER_USER = /^fatal: (?:detected dubious ownership|unsafe repository)/m;

function refused(folder: string, complaint: string): InputError {
  const what = `what is checked out in ${found(folder)}`;
  if (ANOTHER_USER.test(complaint)) {
    const message = `Git does not say ${what}: the folder belongs to another user.`;
    const hint =
      'If you trust it, run `git config --global --add safe.directory` with the path of the repository, as the user that runs this.';
    return new InputError([{ message, hint }]);
  }
  const said = /^(?:fatal|error): (.*)/m.exec(complaint)?.[1];
  if (said === undefined) {
    const message = `Git cannot be asked ${what}: it is too old, or no Git.`;
    return new InputError([{ message, hint: 'Install Git 2.31 or later.' }]);
  }
  const message = `Git cannot say ${what}: ${quotable(said, 200)}`;
  return new InputError([{ message, hint: 'Run `git status` there; it has to work.' }]);
}
