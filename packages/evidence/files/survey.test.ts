import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { chmod, mkdir, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { folderWith, onUnix, withoutPrivileges } from './folder.fixture.ts';
import { survey } from './survey.ts';
import { namesIn, refusedIn } from './surveying.fixture.ts';

const all = () => false;

test('every file at every depth, with its size, sorted by code points', async () => {
  const folder = await folderWith({
    'a/b': '12',
    'a.txt': '1',
    'a/c/d': '',
    Z: '123',
    '\uff51': '',
    '\u{1f917}': '',
    '.hidden/.x': '',
  });
  await mkdir(join(folder, 'empty/folder'), { recursive: true });
  const { files, refused } = await survey(folder, all);
  expect(files.map(({ path, size }) => [path, size])).toEqual([
    ['.hidden/.x', 0],
    ['Z', 3],
    ['a.txt', 1],
    ['a/b', 2],
    ['a/c/d', 0],
    ['\uff51', 0],
    ['\u{1f917}', 0],
  ]);
  expect(refused).toEqual([]);
});

test('what is skipped is not read, nor anything below it', async () => {
  const folder = await folderWith({ a: '', '.git/objects/x': '', 'b/c': '', 'b/.git/y': '' });
  const asked: string[] = [];
  const { files } = await survey(folder, (path) => {
    asked.push(path);
    return path === '.git' || path === 'b/c';
  });
  expect(files.map(({ path }) => path)).toEqual(['a', 'b/.git/y']);
  expect(asked.sort()).toEqual(['.git', 'a', 'b', 'b/.git', 'b/.git/y', 'b/c']);
});

test('an identity is that of one state of one file', async () => {
  const folder = await folderWith({ a: 'same', b: 'same' });
  const identities = async () => (await survey(folder, all)).files.map(({ identity }) => identity);
  const [a, b] = await identities();
  expect(a).not.toBe(b);
  expect(await identities()).toEqual([a, b]);
  await writeFile(join(folder, 'new'), 'same');
  await rename(join(folder, 'new'), join(folder, 'a'));
  const [after, untouched] = await identities();
  expect(after).not.toBe(a);
  expect(untouched).toBe(b);
});

describe('the folder itself', () => {
  test('may be reached by a link', async () => {
    const folder = await folderWith({ 'v1/a': '' });
    await symlink('v1', join(folder, 'current'));
    expect(await namesIn(join(folder, 'current'))).toEqual(['a']);
  });

  test.each([
    ['missing', /does not exist/],
    ['file', /is not a folder/],
    ['file/below', /does not exist: a part of its path is a file/],
    ['dangling', /does not exist/],
    ['loop', /round in a circle/],
    ['a\0b', /could not be opened/],
  ])('is an input error when it is %j', async (name, message) => {
    const folder = await folderWith({ file: '' });
    await symlink('nowhere', join(folder, 'dangling'));
    await symlink('loop', join(folder, 'loop'));
    const looking = survey(join(folder, name), all);
    await expect(looking).rejects.toThrow(InputError);
    await expect(looking).rejects.toThrow(message);
  });

  onUnix('is an input error when it may not be listed', async () => {
    const folder = await folderWith({ a: '' });
    await chmod(folder, 0o311);
    await withoutPrivileges(async () => {
      const looking = survey(folder, all);
      await expect(looking).rejects.toThrow(InputError);
      await expect(looking).rejects.toThrow(/may not be read by this user/);
    });
    await chmod(folder, 0o755);
  });
});

describe('what is no file is refused:', () => {
  onUnix('a pipe, and a link to one', async () => {
    const folder = await folderWith();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await symlink('pipe', join(folder, 'to-pipe'));
    expect(await refusedIn(folder)).toEqual({
      pipe: expect.stringMatching(/is a pipe, .*never opened/),
      'to-pipe': expect.stringMatching(/link to a pipe, .*never opened/),
    });
  });

  onUnix('a socket', async () => {
    const folder = await folderWith();
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((listening) => server.listen(join(folder, 'socket'), listening));
    expect(await refusedIn(folder)).toEqual({ socket: expect.stringMatching(/is a socket/) });
  });

  onUnix('a device', async () => {
    const { files, refused } = await survey('/dev', (path) => path !== 'null');
    expect(files).toEqual([]);
    expect(refused).toEqual([{ path: 'null', reason: expect.stringMatching(/is a device/) }]);
  });
});

onUnix('what this user may not read is refused', async () => {
  const folder = await folderWith({ 'closed/a': '', 'no-search/b': '', 'open/c': '' });
  await chmod(folder, 0o755);
  await chmod(join(folder, 'closed'), 0o000);
  await chmod(join(folder, 'no-search'), 0o444);
  const refused = await withoutPrivileges(() => refusedIn(folder));
  expect(Object.keys(refused)).toEqual(['closed', 'no-search/b']);
  for (const reason of Object.values(refused)) expect(reason).toMatch(/give it read access/);
  for (const name of ['closed', 'no-search']) await chmod(join(folder, name), 0o755);
});

describe('names', () => {
  onUnix('that are not safe everywhere are refused, and nothing below is read', async () => {
    const folder = await folderWith({
      'nul.txt': '',
      'a\nb': '',
      'dot./x': '',
      ok: '',
      'a\\b': '',
    });
    await writeFile(Buffer.concat([Buffer.from(`${folder}/latin-`), Buffer.from([0xe9])]), '');
    const refused = await refusedIn(folder);
    expect(refused).toEqual({
      'nul.txt': expect.stringMatching(/Windows/),
      'a\nb': expect.stringMatching(/control character/),
      'a\\b': expect.stringMatching(/backslash/),
      'dot.': expect.stringMatching(/dot or a space/),
      'latin-\ufffd': expect.stringMatching(/UTF-8/),
    });
    expect(await namesIn(folder)).toEqual(['ok']);
  });

  test('that differ by case or Unicode form only are refused, each naming the other', async () => {
    const folder = await folderWith({ 'Read.me': '', 'caf\u00e9': '', 'data/x': '', 'a/b': '' });
    await writeFile(join(folder, 'read.ME'), '');
    await writeFile(join(folder, 'cafe\u0301'), '');
    await mkdir(join(folder, 'DATA'), { recursive: true });
    await writeFile(join(folder, 'DATA/y'), '');
    const twin = async (name: string, other: string) => {
      expect((await refusedIn(folder))[name]).toContain(`differs from "${other}" only by case`);
    };
    // A system that ignores case has only ever one of each.
    const ignored = (await stat(join(folder, 'READ.ME')).catch(() => undefined)) !== undefined;
    if (ignored) return expect(await refusedIn(folder)).toEqual({});
    await twin('Read.me', 'read.ME');
    await twin('read.ME', 'Read.me');
    await twin('caf\u00e9', 'cafe\u0301');
    await twin('data', 'DATA');
    await twin('DATA', 'data');
    expect(await namesIn(folder)).toEqual(['a/b']);
  });
});

describe('limits', () => {
  test('a folder with too many files is left at once', async () => {
    const names = Array.from({ length: 50 }, (_, index) => [`d${index % 3}/${index}`, '']);
    const folder = await folderWith(Object.fromEntries(names));
    expect((await survey(folder, all, 50)).files).toHaveLength(50);
    const asked: string[] = [];
    const looking = survey(
      folder,
      (path) => {
        if (path.includes('/')) asked.push(path);
        return false;
      },
      10,
    );
    await expect(looking).rejects.toThrow(InputError);
    await expect(looking).rejects.toThrow(/more than 10 files/);
    expect(asked).toHaveLength(11);
  });

  test('so is one with too many folders', async () => {
    const folder = await folderWith();
    for (let index = 0; index < 11; index++) await mkdir(join(folder, String(index)));
    await expect(survey(folder, all, 10)).rejects.toThrow(/more than 10 folders/);
  });

  test('what is skipped does not count', async () => {
    const names = Array.from({ length: 20 }, (_, index) => [String(index), '']);
    const folder = await folderWith(Object.fromEntries(names));
    expect((await survey(folder, (path) => path !== '7', 1)).files).toHaveLength(1);
  });

  test('what lies too deep is refused', async () => {
    const deep = (levels: number) => Array.from({ length: levels }, () => 'd').join('/');
    const folder = await folderWith({ [`${deep(99)}/file`]: '' });
    expect(await namesIn(folder)).toEqual([`${deep(99)}/file`]);
    await mkdir(join(folder, deep(101)), { recursive: true });
    expect(await refusedIn(folder)).toEqual({
      [deep(101)]: expect.stringMatching(/more than 100 folders deep/),
    });
  });
});

test('a file that goes while it is looked at is refused', async () => {
  const elsewhere = await folderWith();
  const folder = await folderWith({ a: '', b: '' });
  const { files, refused } = await survey(folder, (path) => {
    if (path === 'a') renameSync(join(folder, 'a'), join(elsewhere, 'a'));
    return false;
  });
  expect(files.map(({ path }) => path)).toEqual(['b']);
  expect(refused).toEqual([{ path: 'a', reason: expect.stringMatching(/was removed/) }]);
});

test('a signal is heard between two turns', async () => {
  const names = Array.from({ length: 1100 }, (_, index) => [`f${index}`, '']);
  const folder = await folderWith(Object.fromEntries(names));
  const reason = new Error('stopped by the test');
  const controller = new AbortController();
  const looking = survey(folder, all, undefined, controller.signal);
  controller.abort(reason);
  await expect(looking).rejects.toBe(reason);
});
