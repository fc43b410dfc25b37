import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, link, mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import { folderWith, onUnix, withoutPrivileges } from './folder.fixture.ts';
import { write } from './write.ts';

async function problemOf(path: string, content = 'new') {
  const writing = write(path, content);
  await expect(writing).rejects.toThrow(InputError);
  const error = await writing.then(
    () => undefined,
    (reason: InputError) => reason,
  );
  const [problem] = error?.problems ?? [];
  return `${problem?.message} ${problem?.hint ?? ''}`;
}

test('a new file holds the content, and nothing else is left', async () => {
  const folder = await folderWith();
  await write(join(folder, 'a.json'), 'größe 🤗\n');
  expect(await readFile(join(folder, 'a.json'), 'utf8')).toBe('größe 🤗\n');
  expect(await readdir(folder)).toEqual(['a.json']);
});

test('an existing file is replaced as a whole, so other names of it keep the old', async () => {
  const folder = await folderWith({ a: 'a long old content' });
  await link(join(folder, 'a'), join(folder, 'kept'));
  await write(join(folder, 'a'), 'new');
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('new');
  expect(await readFile(join(folder, 'kept'), 'utf8')).toBe('a long old content');
  expect((await readdir(folder)).sort()).toEqual(['a', 'kept']);
});

test.runIf(onUnix)('no folder is made behind a link that leads out', async () => {
  const [here, outside] = [await folderWith(), await folderWith()];
  await symlink(outside, join(here, 'out'));
  await symlink(here, join(here, 'in'));
  const before = process.cwd();
  process.chdir(here);
  try {
    const writing = write('out/a/b.xml', 'new', { makesFolder: true });
    await expect(writing).rejects.toThrow('lies behind a link that leads out');
    expect(await readdir(outside)).toEqual([]);
    await write('in/a/b.xml', 'new', { makesFolder: true });
    expect(await readdir(join(here, 'a'))).toEqual(['b.xml']);
  } finally {
    process.chdir(before);
  }
});

test('its folder is made where that is asked for', async () => {
  const folder = await folderWith({ file: '' });
  for (const content of ['new', 'newer']) {
    await write(join(folder, 'a/b/c.xml'), content, { makesFolder: true });
    expect(await readFile(join(folder, 'a/b/c.xml'), 'utf8')).toBe(content);
  }
  const below = write(join(folder, 'file/a.xml'), 'x', { makesFolder: true });
  await expect(below).rejects.toThrow(/could not be written/);
});

test('a path without a folder is in the current one', async () => {
  const folder = await folderWith();
  const script = `const { write } = await import(process.argv[1]); await write('a', 'here');`;
  const module = new URL('write.ts', import.meta.url).href;
  execFileSync(process.execPath, ['--input-type=module', '-e', script, module], { cwd: folder });
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('here');
});

onUnix('a new file may be read by all, one that is replaced by no more than before', async () => {
  const folder = await folderWith({ private: '' });
  await chmod(join(folder, 'private'), 0o600);
  const modeOf = async (name: string) => (await stat(join(folder, name))).mode & 0o777;
  for (const name of ['private', 'public']) await write(join(folder, name), '');
  expect(await modeOf('private')).toBe(0o600);
  expect(await modeOf('public')).toBe(0o644 & ~process.umask());
});

test('what is no file is not replaced', async () => {
  const folder = await folderWith({ target: 'old' });
  await mkdir(join(folder, 'sub'));
  await symlink('target', join(folder, 'link'));
  await symlink('nowhere', join(folder, 'dangling'));
  expect(await problemOf(join(folder, 'sub'))).toMatch(/is a folder; name a file in it/);
  for (const name of ['link', 'dangling']) {
    expect(await problemOf(join(folder, name))).toMatch(/is a link.*Name the file it leads to/);
  }
  expect(await readFile(join(folder, 'target'), 'utf8')).toBe('old');
  expect((await readdir(folder)).sort()).toEqual(['dangling', 'link', 'sub', 'target']);
});

onUnix('a pipe is not replaced', async () => {
  const folder = await folderWith();
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  expect(await problemOf(join(folder, 'pipe'))).toMatch(/pipe or a device/);
});

test('where nothing can be written the error says why and what to do', async () => {
  const folder = await folderWith({ file: 'x' });
  expect(await problemOf(join(folder, 'missing/a'))).toMatch(/does not exist. Create the folder/);
  expect(await problemOf(join(folder, 'file/a'))).toMatch(/part of its path is a file. Name/);
  expect(await problemOf(join(folder, 'a'.repeat(300)))).toMatch(/too long. Name a shorter/);
  expect(await problemOf(join(folder, 'a\0b'))).toMatch(/could not be written/);
  expect(await readdir(folder)).toEqual(['file']);
});

onUnix('a folder that this user may not write to', async () => {
  const folder = await folderWith({ a: 'old' });
  await chmod(folder, 0o555);
  await withoutPrivileges(async () => {
    expect(await problemOf(join(folder, 'a'))).toMatch(/may not write there. Give write access/);
  });
  await chmod(folder, 0o755);
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['a']);
});

onUnix('a write that fails half-way leaves the old file and nothing else', async () => {
  const folder = await folderWith({ a: 'old' });
  const script = `
    const { write } = await import(process.argv[1]);
    await write(process.argv[2], 'x'.repeat(1e6)).catch((error) => console.log(error.message));
  `;
  const module = new URL('write.ts', import.meta.url).href;
  // The system lets this process write files of at most 50 or 100 kB, in blocks of its own size.
  const { stdout } = spawnSync(
    'sh',
    [
      ...['-c', `trap '' XFSZ; ulimit -f 100; exec "$@"`, 'sh', process.execPath],
      ...['--input-type=module', '-e', script, module, join(folder, 'a')],
    ],
    { encoding: 'utf8' },
  );
  expect(stdout).toMatch(/could not be written: it is larger than this process may write/);
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['a']);
});
