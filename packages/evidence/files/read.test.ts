import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import { folderWith, onUnix, withoutPrivileges } from './folder.fixture.ts';
import { read } from './read.ts';

async function text(path: string, maxBytes: number): Promise<string | undefined> {
  const content = await read(path, maxBytes);
  return content && Buffer.from(content).toString();
}

async function refusalOf(path: string, maxBytes = 100): Promise<string> {
  const reading = read(path, maxBytes);
  await expect(reading).rejects.toThrow(InputError);
  return reading.then(
    () => '',
    (error: Error) => error.message,
  );
}

test('the whole file, or nothing when there is none', async () => {
  const folder = await folderWith({ a: 'content', empty: '' });
  expect(await text(join(folder, 'a'), 100)).toBe('content');
  expect(await text(join(folder, 'empty'), 100)).toBe('');
  expect(await text(join(folder, 'missing'), 100)).toBeUndefined();
  expect(await text(join(folder, 'missing/below'), 100)).toBeUndefined();
});

test('a file behind a link', async () => {
  const folder = await folderWith({ a: 'content' });
  await symlink('a', join(folder, 'link'));
  expect(await text(join(folder, 'link'), 100)).toBe('content');
});

test('more bytes than one read gives', async () => {
  const content = Buffer.alloc(300_001, 'passmuster');
  const folder = await folderWith({ a: content });
  expect(Buffer.compare((await read(join(folder, 'a'), 300_001)) ?? Buffer.of(), content)).toBe(0);
});

test('up to the limit and no byte more', async () => {
  const folder = await folderWith({ a: '12345' });
  const file = join(folder, 'a');
  expect(await text(file, 5)).toBe('12345');
  expect(await refusalOf(file, 4)).toBe(`"${file}" is too large: at most 4 bytes are read.`);
  expect(await refusalOf(file, 0)).toContain('at most 0 bytes');
});

test.runIf(process.platform === 'linux')('a file that does not tell its size', async () => {
  expect(await text('/proc/self/comm', 100)).toMatch(/\S\n$/);
  expect(await refusalOf('/proc/self/mountinfo', 20)).toContain('too large: at most 20 bytes');
});

test('what is no file is refused', async () => {
  const folder = await folderWith({ file: '' });
  await mkdir(join(folder, 'sub'));
  await symlink('sub', join(folder, 'to-sub'));
  await symlink('nowhere', join(folder, 'dangling'));
  await symlink('loop', join(folder, 'loop'));
  expect(await refusalOf(join(folder, 'sub'))).toMatch(/sub" is a folder; a file was expected/);
  expect(await refusalOf(join(folder, 'to-sub'))).toMatch(/is a folder/);
  expect(await refusalOf(join(folder, 'dangling'))).toMatch(/link to something that is not there/);
  expect(await refusalOf(join(folder, 'loop'))).toMatch(/circle/);
  expect(await refusalOf(join(folder, 'a\0b'))).toMatch(/could not be read/);
  expect(await refusalOf(join(folder, 'a'.repeat(300)))).toMatch(/too long/);
});

onUnix('a pipe is refused at once, though nobody writes to it', async () => {
  const folder = await folderWith();
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  expect(await refusalOf(join(folder, 'pipe'))).toMatch(/pipe or a device/);
  expect(await refusalOf('/dev/zero')).toMatch(/pipe or a device/);
});

onUnix('a file that this user may not read is refused', async () => {
  const folder = await folderWith({ a: 'secret' });
  await chmod(folder, 0o755);
  await chmod(join(folder, 'a'), 0o000);
  await withoutPrivileges(async () => {
    expect(await refusalOf(join(folder, 'a'))).toMatch(/may not be read by this user/);
  });
});
