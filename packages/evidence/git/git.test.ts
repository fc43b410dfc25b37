import { execFileSync } from 'node:child_process';
import { chown, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import { afterEach, expect, test } from 'vitest';
import { folderWith, onUnix } from '../files/folder.fixture.ts';
import { gitProgram } from './index.ts';

const { signal } = new AbortController();
const look = (folder: string) => gitProgram().checkedOut(folder, signal);

const ENVIRONMENT = { ...process.env };
afterEach(() => {
  for (const name of Object.keys(process.env)) {
    if (!(name in ENVIRONMENT)) delete process.env[name];
  }
  Object.assign(process.env, ENVIRONMENT);
});

function run(folder: string, ...args: string[]): string {
  const who = ['-c', 'user.name=Mona', '-c', 'user.email=mona@example.com'];
  return execFileSync('git', ['-C', folder, ...who, ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
}

/** A repository with one commit of these files. */
async function repository(files: Record<string, string> = { 'a.txt': 'a' }): Promise<string> {
  const folder = await folderWith(files);
  run(folder, 'init', '--quiet');
  run(folder, 'add', '.');
  run(folder, 'commit', '--quiet', '--message', 'x');
  return folder;
}

test('a commit, where it is from, and that nothing was changed', async () => {
  const folder = await repository();
  const commit = run(folder, 'rev-parse', 'HEAD');
  expect(commit).toMatch(/^[0-9a-f]{40}$/);
  expect(await look(folder)).toEqual({ commit, dirty: false });
  run(folder, 'remote', 'add', 'origin', 'https://x-access-token:SECRET@github.com/octo-org/model');
  const repositoryToo = { commit, dirty: false, repository: 'https://github.com/octo-org/model' };
  expect(await look(folder)).toEqual(repositoryToo);
  await mkdir(join(folder, '-x'));
  expect(await look(join(folder, '-x'))).toEqual(repositoryToo);
});

test('digests of 64 digits', async () => {
  const folder = await folderWith();
  run(folder, 'init', '--quiet', '--object-format=sha256');
  run(folder, 'commit', '--quiet', '--allow-empty', '--message', 'x');
  expect((await look(folder))?.commit).toMatch(/^[0-9a-f]{64}$/);
});

test.each<[string, boolean, (folder: string) => unknown]>([
  ['a file that Git does not keep', false, (folder) => writeFile(join(folder, '-x'), 'x')],
  ['another time', false, (folder) => utimes(join(folder, 'a.txt'), 1, 1)],
  ['another content', true, (folder) => writeFile(join(folder, 'a.txt'), 'b')],
  ['a file that is gone', true, (folder) => rm(join(folder, 'a.txt'))],
  [
    'a file that is to be kept',
    true,
    async (folder) => {
      await writeFile(join(folder, '-x'), 'x');
      run(folder, 'add', '--', '-x');
    },
  ],
])('%s: dirty is %s', async (_, dirty, change) => {
  const folder = await repository();
  await change(folder);
  expect((await look(folder))?.dirty).toBe(dirty);
});

test('the state of submodules says nothing', async () => {
  const [folder, other] = [await repository(), await repository()];
  const file = ['-c', 'protocol.file.allow=always'];
  run(folder, ...file, 'submodule', '--quiet', 'add', '--', other, 'sub');
  run(folder, 'commit', '--quiet', '--message', 'x');
  await writeFile(join(folder, 'sub', 'a.txt'), 'b');
  expect((await look(folder))?.dirty).toBe(false);
});

test('nothing, where there is no commit, no work tree, no repository', async () => {
  const folder = await folderWith();
  expect(await look(folder)).toBeUndefined();
  run(folder, 'init', '--quiet');
  expect(await look(folder)).toBeUndefined();
  expect(await look(join(await repository(), '.git'))).toBeUndefined();
  const bare = await folderWith();
  run(bare, 'init', '--quiet', '--bare');
  expect(await look(bare)).toBeUndefined();
});

test('nothing, where there is no such program', async () => {
  const folder = await repository();
  process.env['PATH'] = folder;
  expect(await look(folder)).toBeUndefined();
});

onUnix('a Git that does not know how to be told', async () => {
  const old = await folderWith();
  await writeFile(join(old, 'git'), '#!/bin/sh\nexit 129\n', { mode: 0o755 });
  process.env['PATH'] = old;
  await expect(look(old)).rejects.toThrow(/too old/);
});

test('what a hook of Git has in its environment leads nowhere else', async () => {
  const [folder, other] = [await repository(), await repository({ 'b.txt': 'b' })];
  const before = await look(folder);
  process.env['GIT_DIR'] = join(other, '.git');
  process.env['GIT_WORK_TREE'] = other;
  process.env['GIT_INDEX_FILE'] = join(other, '.git', 'index');
  process.env['GIT_CONFIG_PARAMETERS'] = "'core.worktree=/'";
  expect(await look(folder)).toEqual(before);
});

test('a folder that is not there, and a repository that is broken', async () => {
  const folder = await repository();
  await expect(look(join(folder, 'gone'))).rejects.toThrow(/No such file or directory/);
  for (const name of await readdir(join(folder, '.git', 'objects'))) {
    await rm(join(folder, '.git', 'objects', name), { recursive: true });
  }
  await expect(look(folder)).rejects.toThrow(InputError);
});

onUnix('a repository of somebody else', async (context) => {
  if (process.getuid?.() !== 0) return context.skip('only root can give a folder away');
  const folder = await repository();
  await chown(folder, 65_534, 65_534);
  await chown(join(folder, '.git'), 65_534, 65_534);
  process.env['GIT_CONFIG_GLOBAL'] = '/dev/null';
  process.env['GIT_CONFIG_SYSTEM'] = '/dev/null';
  const refusal = await look(folder).catch((error) => error);
  expect(refusal).toBeInstanceOf(InputError);
  expect(refusal.message).toMatch(/belongs to another user/);
  expect(refusal.problems[0].hint).toMatch(/safe\.directory/);
  process.env['GIT_CONFIG_COUNT'] = '1';
  process.env['GIT_CONFIG_KEY_0'] = 'safe.directory';
  process.env['GIT_CONFIG_VALUE_0'] = folder;
  expect(await look(folder)).toMatchObject({ dirty: false });
});

/** A folder that runs `touch` on a file of it in every way that we know. */
async function hostile(): Promise<{ folder: string; ran: string }> {
  const folder = await repository({ '.gitattributes': '* filter=x', 'a.txt': 'a' });
  const ran = join(await folderWith(), 'ran');
  const command = `touch '${ran}'; cat`;
  const hook = `#!/bin/sh\n${command}\n`;
  for (const name of ['post-index-change', 'fsmonitor', 'reference-transaction']) {
    await writeFile(join(folder, '.git', 'hooks', name), hook, { mode: 0o755 });
  }
  run(folder, 'config', 'core.fsmonitor', join(folder, '.git', 'hooks', 'fsmonitor'));
  run(folder, 'config', 'filter.x.clean', command);
  run(folder, 'config', 'filter.x.required', 'true');
  await utimes(join(folder, 'a.txt'), 1, 1);
  return { folder, ran };
}

onUnix('nothing of a repository runs', async () => {
  const { folder, ran } = await hostile();
  expect(await look(folder)).toMatchObject({ dirty: false });
  await expect(readdir(ran)).rejects.toThrow('ENOENT');
  // Git by itself would have run it.
  run(folder, 'status');
  await expect(readdir(ran)).rejects.toThrow('ENOTDIR');
});

test('a signal ends it with its reason', async () => {
  const stop = new AbortController();
  const folder = await repository();
  const looking = gitProgram().checkedOut(folder, stop.signal);
  const reason = new Error('enough');
  stop.abort(reason);
  await expect(looking).rejects.toBe(reason);
  await expect(gitProgram().checkedOut(folder, stop.signal)).rejects.toBe(reason);
});
