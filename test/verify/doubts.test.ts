import { readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readInputs } from '@passmuster/action-kit/spec/read.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { markdown } from '@passmuster/report/markdown.ts';
import { verify } from '@passmuster/verbs/verify/run.ts';
import { spec } from '@passmuster/verbs/verify/spec.ts';
import { expect, test } from 'vitest';
import { noRegistry, surroundings } from '../surroundings.ts';
import { folderWith } from './folder.ts';
import { MODEL, registered, run, sha256 } from './running.fixture.ts';

test.each([
  ['a byte order mark', '\ufeffv1', 'VERSION holds'],
  ['another version', 'v2', 'VERSION holds v2, not v1'],
  ['nothing', ' \n', 'VERSION holds nothing, not v1'],
  ['too much', 'v1'.padEnd(70_000), 'VERSION is larger than'],
])('a VERSION file with %s is not the version', async (_, content, words) => {
  const folder = await folderWith({ VERSION: content, 'm.bin': 'x' });
  await run(folder, { write: 'true' });
  const { result, headline } = await run(folder, { 'expect-version': 'v1' });
  expect(result).toBe('refused');
  expect(headline).toContain(words);
});

test('a VERSION that is no text, or leads out, is not the version', async () => {
  const folder = await folderWith({ 'm.bin': 'x' });
  await writeFile(join(folder, 'VERSION'), Buffer.from([0xff, 0x76]));
  await run(folder, { write: 'true' });
  const broken = await run(folder, { 'expect-version': 'v1' });
  expect(broken.headline).toContain('VERSION is no UTF-8 text');
  const elsewhere = await folderWith({ VERSION: 'v1' });
  await rm(join(folder, 'VERSION'));
  await symlink(join(elsewhere, 'VERSION'), join(folder, 'VERSION'));
  const led = await run(folder, { 'expect-version': 'v1' });
  expect(led.headline).toContain('VERSION is a link that leads out');
});

test('a manifest that is replaced says how much changed, and warns', async () => {
  const folder = await registered();
  await writeFile(join(folder, 'config.json'), '[]');
  await writeFile(join(folder, 'new.bin'), 'x');
  const { headline, report, annotations } = await run(folder, { write: 'true' });
  expect(headline).toContain('was replaced and now lists 5 files');
  expect(headline).toContain('2 files differ from the earlier one');
  expect(report).toMatchObject({ manifest: { written: 'replaced' } });
  expect(annotations).toMatchObject([{ level: 'warning' }]);
});

test('what a killed run has left is never listed', async () => {
  const folder = await folderWith({ ...MODEL, '.passmuster-0123456789abcdef.tmp': '{' });
  const { result, page } = await run(folder, { write: 'true' });
  expect(result).toBe('refused');
  expect(page).toContain('is part of a manifest that was being written');
  expect(await readdir(folder)).not.toContain('passmuster.manifest.json');
});

test.each([
  ['changes', (folder: string) => writeFile(join(folder, 'config.json'), '[]')],
  ['comes', (folder: string) => writeFile(join(folder, 'late.py'), '')],
  ['goes', (folder: string) => rm(join(folder, 'config.json'))],
])('a file that %s after it was read is no longer known to be good', async (_, move) => {
  const folder = await registered();
  const files = diskFiles();
  const moving = {
    ...files,
    async digest(...args: Parameters<typeof files.digest>) {
      const digests = await files.digest(...args);
      await move(folder);
      return digests;
    },
  };
  const reading = readInputs(spec, new Map([['path', folder]]), (name) => name);
  if ('problems' in reading) throw new Error('no inputs');
  const outcome = await verify(reading.inputs, {
    files: moving,
    openRegistry: noRegistry,
    ...surroundings(),
  });
  expect(outcome.result).toBe('refused');
  expect(markdown(outcome.page, 1e6)).toContain('came or went while the folder was read');
});

test('what is not looked at is said', async () => {
  const folder = await folderWith({ ...MODEL, '.git/config': 'x' });
  const { page, report } = await run(folder, { write: 'true' });
  expect(page).toContain('not looked at\\: `.git`');
  expect(report).toMatchObject({ not_looked_at: ['.git'] });
});

test('a manifest of ours does not stand in the way of another', async () => {
  const sums = Object.entries(MODEL).map(([path, content]) => `${sha256(content)}  ${path}\n`);
  const folder = await folderWith({ ...MODEL, SHA256SUMS: sums.join('') });
  await run(folder, { write: 'true', 'allow-extra': 'SHA256SUMS' });
  expect((await run(folder, { manifest: join(folder, 'SHA256SUMS') })).result).toBe('done');
  expect((await run(folder, { 'allow-extra': 'SHA256SUMS' })).result).toBe('done');
});

test('a name in another Unicode form is told from one that is gone', async () => {
  const folder = await registered({ 'caf\u00e9.bin': 'x' });
  await rm(join(folder, 'caf\u00e9.bin'));
  await writeFile(join(folder, 'cafe\u0301.bin'), 'x');
  const { page, headline } = await run(folder);
  expect(headline).toContain('1 missing, 1 extra');
  expect(page).toContain('Under another spelling');
});

test('a list that lists itself is refused as such', async () => {
  const sums = `${sha256('x')}  m.bin\n${sha256('')}  SHA256SUMS\n`;
  const folder = await folderWith({ 'm.bin': 'x', SHA256SUMS: sums });
  const held = run(folder, { manifest: join(folder, 'SHA256SUMS') });
  await expect(held).rejects.toThrow(/lists itself/);
});
