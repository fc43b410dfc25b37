import { rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundFile } from '@passmuster/core/files.ts';
import { expect, test } from 'vitest';
import { filesOf, openFiles } from './digesting.fixture.ts';
import { folderWith } from './folder.fixture.ts';
import { readFound } from './read-found.ts';

async function one(content: string): Promise<{ folder: string; path: string; file: FoundFile }> {
  const folder = await folderWith({ VERSION: content });
  const path = join(folder, 'VERSION');
  utimesSync(path, 1e9, 1e9);
  const [file = { path: '', size: -1, identity: '' }] = await filesOf(folder);
  return { folder, path, file };
}

test.each(['', 'v1.2.0\n', 'x'.repeat(200_000)])(
  'the content of a file of the survey',
  async (content) => {
    const { folder, file } = await one(content);
    const found = await readFound(folder, file, content.length);
    expect(found).toEqual(Buffer.from(content));
  },
);

test('a link in the folder is read, and what lies outside is not', async () => {
  const outside = await folderWith({ secret: 'v1' });
  const folder = await folderWith({ 'a/VERSION': 'v1' });
  symlinkSync('a/VERSION', join(folder, 'VERSION'));
  const [link] = await filesOf(folder);
  if (!link) throw new Error('the link was not found');
  expect(await readFound(folder, link, 10)).toEqual(Buffer.from('v1'));
  rmSync(join(folder, 'VERSION'));
  symlinkSync(join(outside, 'secret'), join(folder, 'VERSION'));
  expect(await readFound(folder, link, 10)).toEqual({
    refused: expect.stringMatching(/changed or replaced/),
  });
});

test.each([
  ['was changed', 10, /changed or replaced/, (path: string) => writeFileSync(path, 'v2')],
  ['was removed', 10, /was removed/, (path: string) => rmSync(path)],
  ['is too large', 1, /larger than 1 bytes/, () => {}],
])('a file that %s is refused', async (_, maxBytes, reason, change) => {
  const { folder, path, file } = await one('v1');
  const before = openFiles();
  change(path);
  expect(await readFound(folder, file, maxBytes)).toEqual({
    refused: expect.stringMatching(reason),
  });
  expect(openFiles()).toBe(before);
});
