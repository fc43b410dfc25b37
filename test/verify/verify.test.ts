import { mkdir, readdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import { folderWith } from './folder.ts';
import { MODEL, manifestOf, md5, registered, run, sha256 } from './running.fixture.ts';

test('a manifest is made, byte for byte the same each time, and the folder passes it', async () => {
  const folder = await folderWith(MODEL);
  const first = await run(folder, { write: 'true' });
  expect(first.headline).toMatch(/PASS.*passmuster\.manifest\.json now lists 4 files \(15 B\)/);
  const text = await manifestOf(folder);
  const again = await run(folder, { write: 'true' });
  expect(again.headline).toContain('already lists 4 files');
  expect(await manifestOf(folder)).toBe(text);

  const held = await run(folder);
  expect(held).toMatchObject({ result: 'done', annotations: [] });
  expect(held.outputs).toEqual({ verdict: 'pass', digest: first.outputs.digest, files: 4 });
  expect(held.outputs.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(text).toContain(`"root": "${held.outputs.digest}"`);
});

test('missing, changed and extra files are each named', async () => {
  const folder = await registered();
  await rm(join(folder, 'config.json'));
  await writeFile(join(folder, 'weights/model-1.bin'), 'oNe');
  await writeFile(join(folder, 'weights/model-2.bin'), 'longer');
  await writeFile(join(folder, 'notes.md'), 'hello');
  const { result, outputs, report, headline, page, annotations } = await run(folder);
  expect(result).toBe('refused');
  expect(outputs).toEqual({ verdict: 'fail', digest: '', files: 1 });
  expect(headline).toContain('2 changed, 1 missing, 1 extra');
  expect(report).toMatchObject({
    differences: [
      { what: 'extra', path: 'notes.md', found: { size: 5 } },
      { what: 'changed', path: 'weights/model-2.bin', expected: { size: 3 }, found: { size: 6 } },
      { what: 'missing', path: 'config.json' },
      {
        what: 'changed',
        path: 'weights/model-1.bin',
        expected: { sha256: sha256('one') },
        found: { sha256: sha256('oNe') },
      },
    ],
  });
  expect(page).toContain('| missing | `config.json` |');
  expect(annotations[0]?.message).toContain('missing: config.json');
});

test('extra files may be allowed by glob, and are then no part of a new manifest', async () => {
  const folder = await registered();
  await writeFile(join(folder, 'notes.md'), 'hello');
  await mkdir(join(folder, 'logs/deep'), { recursive: true });
  await writeFile(join(folder, 'logs/deep/a.txt'), 'hello');
  expect((await run(folder)).page).toContain('`allow-extra`');
  const allowed = { 'allow-extra': '*.md\nlogs/**' };
  expect(await run(folder, allowed)).toMatchObject({
    result: 'done',
    report: { allowed_extra: 2 },
  });
  const before = await manifestOf(folder);
  await run(folder, { ...allowed, write: 'true' });
  expect(await manifestOf(folder)).toBe(before);
});

test('a wrong version is told apart from a wrong checksum', async () => {
  const folder = await registered();
  expect((await run(folder, { 'expect-version': 'v1.2.0' })).result).toBe('done');
  const wrong = await run(folder, { 'expect-version': 'v1.3.0' });
  expect(wrong.result).toBe('refused');
  expect(wrong.headline).toContain('the files are as listed, but VERSION holds v1.2.0, not v1.3.0');
  expect(wrong.report).toMatchObject({
    differences: [],
    version: { found: 'v1.2.0', matches: false },
  });

  await writeFile(join(folder, 'config.json'), '[]');
  const both = await run(folder, { 'expect-version': 'v1.3.0' });
  expect(both.headline).toMatch(/1 changed; and VERSION holds v1.2.0, not v1.3.0/);

  const none = await registered({ 'config.json': '{}' });
  expect((await run(none, { 'expect-version': 'v1' })).headline).toContain(
    'VERSION is not there, so it does not hold v1',
  );
});

test('a wrong version keeps a manifest from being made', async () => {
  const folder = await folderWith(MODEL);
  const { result, headline } = await run(folder, { write: 'true', 'expect-version': 'v2' });
  expect(result).toBe('refused');
  expect(headline).toContain('no manifest was written');
  expect(await readdir(folder)).not.toContain('passmuster.manifest.json');
});

test('SHA256SUMS', async () => {
  const sums = Object.entries(MODEL).map(([path, content]) => `${sha256(content)}  ./${path}\n`);
  const folder = await folderWith({ ...MODEL, SHA256SUMS: sums.join('') });
  const manifest = join(folder, 'SHA256SUMS');
  expect(await run(folder, { manifest })).toMatchObject({ result: 'done', outputs: { files: 4 } });
  await writeFile(join(folder, 'config.json'), '[]');
  expect((await run(folder, { manifest })).headline).toContain('1 changed');
});

test('the .dvc file of one file, whatever lies beside it', async () => {
  const dvc = `outs:\n- md5: ${md5('{}')}\n  size: 2\n  hash: md5\n  path: config.json\n`;
  const folder = await folderWith({ ...MODEL, 'config.json.dvc': dvc });
  const manifest = join(folder, 'config.json.dvc');
  const good = await run(folder, { manifest, 'expect-version': 'v1.2.0' });
  expect(good).toMatchObject({ result: 'done', outputs: { verdict: 'pass', files: 1 } });
  await writeFile(join(folder, 'config.json'), '[]');
  const bad = await run(folder, { manifest });
  expect(bad.report).toMatchObject({
    differences: [{ what: 'changed', expected: { md5: md5('{}') }, found: { md5: md5('[]') } }],
  });
});

test('what Git keeps beside a model is no part of it', async () => {
  const folder = await folderWith({ ...MODEL, '.git/config': 'x', '.gitattributes': 'y' });
  expect((await run(folder, { write: 'true' })).outputs.files).toBe(4);
  expect((await run(folder)).result).toBe('done');
});

test('a link that leads out is refused, listed or not, and never read', async () => {
  const secret = await folderWith({ 'config.json': '{}' });
  const folder = await registered();
  await rm(join(folder, 'config.json'));
  await symlink(join(secret, 'config.json'), join(folder, 'config.json'));
  const { result, report, page } = await run(folder);
  expect(result).toBe('refused');
  expect(report).toMatchObject({ differences: [{ what: 'refused', path: 'config.json' }] });
  expect(page).toMatch(/^Refused.*\n\n- `config\.json` is a link that leads out/m);
  const made = await run(folder, { write: 'true' });
  expect(made.headline).toContain('no manifest was written: 1 refused');
});

test('a manifest in another folder, named from here', async () => {
  const folder = await registered();
  const elsewhere = await folderWith({});
  const manifest = join(elsewhere, 'gpt.json');
  await rename(join(folder, 'passmuster.manifest.json'), manifest);
  expect((await run(folder, { manifest })).result).toBe('done');
});

test('a folder reached by a link keeps its manifest apart from its files', async () => {
  const folder = await registered();
  const links = await folderWith({});
  await symlink(folder, join(links, 'current'));
  expect((await run(join(links, 'current'))).result).toBe('done');
  const manifest = join(folder, 'passmuster.manifest.json');
  expect((await run(join(links, 'current'), { manifest })).result).toBe('done');
});

const problemOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  const [problem] = (error as InputError).problems;
  return `${problem?.message} ${problem?.hint ?? ''}`;
};

test.each<[string, Record<string, string>, Record<string, string>, RegExp]>([
  ['no manifest', MODEL, {}, /no manifest at .*passmuster\.manifest\.json.*write/],
  ['no files to list', {}, { write: 'true' }, /no file to list/],
  ['not a manifest', { 'passmuster.manifest.json': 'hello' }, {}, /not as sha256sum writes it/],
  ['not text', { 'passmuster.manifest.json': '\u0000' }, {}, /not as sha256sum writes it/],
  [
    'somebody’s file in its place',
    { 'passmuster.manifest.json': '{"a": 1}' },
    { write: 'true' },
    /no manifest of ours/,
  ],
  [
    'a DVC folder',
    { 'data.dvc': `outs:\n- md5: ${'a'.repeat(32)}.dir\n  path: data\n` },
    { manifest: 'data.dvc' },
    /folder/,
  ],
])('input error: %s', async (_, files, { manifest, ...given }, message) => {
  const folder = await folderWith(files);
  const named = manifest ? { manifest: join(folder, manifest) } : {};
  expect(await problemOf(run(folder, { ...given, ...named }))).toMatch(message);
});

test('a folder that is not there is named as such', async () => {
  const folder = await folderWith({});
  expect(await problemOf(run(join(folder, 'modle')))).toMatch(/modle/);
});

test('a manifest of 100 MiB is refused before it is read', async () => {
  const folder = await folderWith({ model: 'x' });
  const file = join(folder, 'passmuster.manifest.json');
  await writeFile(file, '{');
  await truncate(file, 100 * 1024 * 1024);
  expect(await problemOf(run(folder))).toMatch(/passmuster\.manifest\.json/);
});

test('a run that was told to stop writes nothing', async () => {
  const folder = await folderWith(MODEL);
  const controller = new AbortController();
  controller.abort(new Error('stop'));
  await expect(run(folder, { write: 'true' }, controller.signal)).rejects.toThrow('stop');
  expect((await readdir(folder)).sort()).toEqual(['VERSION', 'config.json', 'weights']);
});
