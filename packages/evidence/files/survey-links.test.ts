import { renameSync, symlinkSync } from 'node:fs';
import { link, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from './folder.fixture.ts';
import { survey } from './survey.ts';
import { namesIn, refusedIn } from './surveying.fixture.ts';

const all = () => false;

describe('links', () => {
  test('to a file in the folder are files under their own name', async () => {
    const folder = await folderWith({ 'blobs/1': 'content' });
    await mkdir(join(folder, 'snapshot'));
    await symlink('../blobs/1', join(folder, 'snapshot/weights'));
    await symlink(join(folder, 'blobs/1'), join(folder, 'absolute'));
    const { files } = await survey(folder, all);
    expect(files.map(({ path }) => path)).toEqual(['absolute', 'blobs/1', 'snapshot/weights']);
    expect(files.map(({ isLink = false }) => isLink)).toEqual([true, false, true]);
    expect(new Set(files.map(({ size, identity }) => `${size} ${identity}`)).size).toBe(1);
  });

  test('of every other kind are refused, with what to do', async () => {
    const outside = await folderWith({ secret: 'x', 'folder/secret': 'x' });
    const folder = await folderWith({ 'sub/file': '' });
    const links = {
      out: join(outside, 'secret'),
      'out-relative': '../../../../../../../../etc/passwd',
      'through-parent': 'parent/secret',
      parent: join(outside, 'folder'),
      sub2: 'sub',
      dangling: 'nowhere',
      loop: 'loop',
      'loop-a': 'loop-b',
      'loop-b': 'loop-a',
      itself: '.',
      device: '/dev/null',
    };
    for (const [name, target] of Object.entries(links)) await symlink(target, join(folder, name));
    const refused = await refusedIn(folder);
    expect(Object.keys(refused)).toEqual(Object.keys(links).sort());
    for (const name of ['out', 'out-relative', 'through-parent', 'parent', 'device']) {
      expect(refused[name]).toMatch(/leads out of the folder.*--local-dir/);
    }
    for (const name of ['sub2', 'itself']) expect(refused[name]).toMatch(/link to a folder/);
    expect(refused['dangling']).toMatch(/not there/);
    for (const name of ['loop', 'loop-a', 'loop-b']) expect(refused[name]).toMatch(/circle/);
    expect(await namesIn(folder)).toEqual(['sub/file']);
  });

  test('to a folder whose name only begins like ours lead out', async () => {
    const folder = await folderWith({ 'model/a': '', 'model-2/b': '' });
    await symlink('../model-2/b', join(folder, 'model/b'));
    expect(await refusedIn(join(folder, 'model'))).toEqual({
      b: expect.stringMatching(/leads out/),
    });
  });

  test('hard links are files', async () => {
    const outside = await folderWith({ a: 'x' });
    const folder = await folderWith({ b: 'y' });
    await link(join(outside, 'a'), join(folder, 'a'));
    expect(await namesIn(folder)).toEqual(['a', 'b']);
  });

  test('that take the place of a folder while it is listed are not followed', async () => {
    const outside = await folderWith({ secret: '' });
    const folder = await folderWith({ 'x/1': '', 'y/1': '' });
    let swapped: string | undefined;
    const { files, refused } = await survey(folder, (path) => {
      // By now both are known to be folders, and one of them is being listed.
      if (path.endsWith('/1') && swapped === undefined) {
        swapped = path === 'x/1' ? 'y' : 'x';
        renameSync(join(folder, swapped), join(folder, 'gone'));
        symlinkSync(outside, join(folder, swapped));
      }
      return false;
    });
    expect(files.map(({ path }) => path)).toEqual([swapped === 'x' ? 'y/1' : 'x/1']);
    expect(refused).toEqual([
      { path: swapped, reason: expect.stringMatching(/replaced while it was listed/) },
    ]);
  });
});
