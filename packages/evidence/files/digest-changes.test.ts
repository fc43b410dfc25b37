import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { atFirstPiece, digestAll, digestThem, filesOf, openFiles } from './digesting.fixture.ts';
import { folderWith, onUnix, withoutPrivileges } from './folder.fixture.ts';
import { PIECE } from './hash.ts';

describe('a file that changes while it is read is refused:', () => {
  const changes: [string, (file: string) => void][] = [
    ['it grows', (file) => appendFileSync(file, 'x')],
    ['it grows by more than a piece', (file) => appendFileSync(file, Buffer.alloc(2 * PIECE))],
    ['it shrinks', (file) => truncateSync(file, 2 * PIECE)],
    ['it is emptied', (file) => truncateSync(file, 0)],
    ['it is written over', (file) => writeFileSync(file, Buffer.alloc(3 * PIECE, 2))],
    ['one byte is written', (file) => writeFileSync(file, 'x', { flag: 'r+' })],
    ['it is removed', (file) => rmSync(file)],
    [
      'another is put in its place',
      (file) => {
        writeFileSync(`${file}.new`, Buffer.alloc(3 * PIECE, 1));
        renameSync(`${file}.new`, file);
      },
    ],
  ];

  test.each(changes)('%s', async (_, change) => {
    const folder = await folderWith({ a: Buffer.alloc(3 * PIECE, 1), b: 'b' });
    const file = join(folder, 'a');
    // The clock of a file system has a grain: what is written at once may bear the same time.
    utimesSync(file, 1e9, 1e9);
    const files = await filesOf(folder);
    const before = openFiles();
    const progress = atFirstPiece(() => change(file));
    expect(await digestThem(folder, files, { progress, threads: 0 })).toEqual([
      { refused: expect.stringMatching(/^changed while it was read; try again/) },
      { sha256: hash('sha256', 'b') },
    ]);
    expect(openFiles()).toBe(before);
  });

  test('not when only its neighbour changes', async () => {
    const content = Buffer.alloc(3 * PIECE, 1);
    const folder = await folderWith({ a: content });
    const files = await filesOf(folder);
    const progress = atFirstPiece(() => writeFileSync(join(folder, 'b'), 'new'));
    expect(await digestThem(folder, files, { progress })).toEqual([
      { sha256: hash('sha256', content) },
    ]);
  });
});

describe('what takes the place of a file between survey and digest is not read:', () => {
  const replaced = /changed or replaced after it was listed/;
  const swaps: [string, RegExp, (file: string, secret: string) => void][] = [
    ['nothing', /was removed/, () => {}],
    ['another file', replaced, (file) => writeFileSync(file, 'abc')],
    ['a link that leads out', replaced, (file, secret) => symlinkSync(secret, file)],
    ['a link to another file', replaced, (file) => symlinkSync('other', file)],
    ['a link that leads nowhere', /was removed/, (file) => symlinkSync('nowhere', file)],
    ['a link to itself', /circle/, (file) => symlinkSync('a', file)],
    ['a folder', replaced, (file) => mkdirSync(file)],
    ['a device', replaced, (file) => symlinkSync('/dev/zero', file)],
  ];

  test.each(swaps)('%s', async (_, reason, swap) => {
    const outside = await folderWith({ secret: 'abc' });
    const folder = await folderWith({ a: 'abc', other: 'abc' });
    const files = await filesOf(folder);
    const before = openFiles();
    rmSync(join(folder, 'a'));
    swap(join(folder, 'a'), join(outside, 'secret'));
    const [a, other] = await digestThem(folder, files);
    expect(a).toEqual({ refused: expect.stringMatching(reason) });
    expect(other).toEqual({ sha256: hash('sha256', 'abc') });
    expect(openFiles()).toBe(before);
  });

  onUnix('a pipe', async () => {
    const folder = await folderWith({ a: '' });
    const files = await filesOf(folder);
    rmSync(join(folder, 'a'));
    execFileSync('mkfifo', [join(folder, 'a')]);
    expect(await digestThem(folder, files)).toEqual([{ refused: expect.stringMatching(replaced) }]);
  });

  test('a parent that leads out', async () => {
    const outside = await folderWith({ a: 'abc' });
    const folder = await folderWith({ 'sub/a': 'abc' });
    const files = await filesOf(folder);
    renameSync(join(folder, 'sub'), join(folder, 'gone'));
    symlinkSync(outside, join(folder, 'sub'));
    expect(await digestThem(folder, files)).toEqual([{ refused: expect.stringMatching(replaced) }]);
  });

  test('a parent that is a file now', async () => {
    const folder = await folderWith({ 'sub/a': 'abc' });
    const files = await filesOf(folder);
    rmSync(join(folder, 'sub'), { recursive: true });
    writeFileSync(join(folder, 'sub'), '');
    expect(await digestThem(folder, files)).toEqual([
      { refused: expect.stringMatching(/was replaced/) },
    ]);
  });

  test('a link of ours that leads elsewhere now', async () => {
    const outside = await folderWith({ secret: 'abc' });
    const folder = await folderWith({ 'blobs/1': 'abc', 'blobs/2': 'abc' });
    const names = ['inside', 'outside', 'kept'];
    for (const name of names) symlinkSync('blobs/1', join(folder, name));
    const links = (await filesOf(folder)).filter(({ path }) => names.includes(path));
    for (const name of ['inside', 'outside']) rmSync(join(folder, name));
    symlinkSync('blobs/2', join(folder, 'inside'));
    symlinkSync(join(outside, 'secret'), join(folder, 'outside'));
    const [inside, kept, out] = await digestThem(folder, links);
    expect(inside).toEqual({ refused: expect.stringMatching(replaced) });
    expect(out).toEqual({ refused: expect.stringMatching(replaced) });
    expect(kept).toEqual({ sha256: hash('sha256', 'abc') });
  });
});

onUnix('a file that this user may not read is refused', async () => {
  const folder = await folderWith({ a: 'abc' });
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'a'), 0o000);
  await withoutPrivileges(async () => {
    expect(await digestAll(folder)).toEqual([{ refused: expect.stringMatching(/read access/) }]);
  });
});
