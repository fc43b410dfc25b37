import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { tool } from '../services/install.ts';
import { type Ran, run } from '../services/run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a tag of ours holds: act copies all of it into every step. */
async function release(folder: string): Promise<void> {
  for (const part of ['action.yml', 'actions', 'dist']) {
    await cp(join(root, part), join(folder, part), { recursive: true });
  }
}

/** The world outside is not there, and need not be. */
const OFFLINE = ['--pull=false', '--action-offline-mode'];

async function git(cwd: string, ...args: string[]): Promise<void> {
  const { code, output } = await run('git', args, { cwd });
  if (code !== 0) throw new Error(`git ${args.join(' ')} failed: ${output}`);
}

/** A repository as act wants one: with a commit, and a remote that looks like GitHub. */
export async function makeRepository(folder: string): Promise<void> {
  await git(folder, 'init', '--quiet', '--initial-branch=main');
  await git(folder, 'remote', 'add', 'origin', 'https://github.com/acme/models');
  await git(folder, 'add', '--all');
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  await git(folder, ...who, '-c', 'commit.gpgsign=false', 'commit', '--quiet', '-m', 'A model');
}

/** One event in a repository, on this machine, with our actions as they are built here. */
export async function act(repository: string, event: string, ...args: string[]): Promise<Ran> {
  const home = await mkdtemp(join(tmpdir(), 'passmuster-act-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const tagged = join(home, 'passmuster');
  await release(tagged);
  const env = {
    ...process.env,
    HOME: home,
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_CONFIG_HOME: join(home, '.config'),
    // act runs a `node24` action with whatever node is first here.
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
  };
  const where = ['-P', 'ubuntu-latest=-self-hosted', '-P', 'macos-latest=-self-hosted'];
  const ours = ['--local-repository', `passmuster/passmuster@v1=${tagged}`];
  const token = ['-s', 'GITHUB_TOKEN=none'];
  return run(await tool('act'), [event, ...where, ...ours, ...token, ...OFFLINE, ...args], {
    cwd: repository,
    env,
  });
}
