import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tool } from '../services/install.ts';
import { run } from '../services/run.ts';
import { folderWith } from '../verify/folder.ts';
import { runStep } from './step.ts';

/** Names whose order differs by code points, by folders and by UTF-16 units. */
const MODEL = {
  VERSION: 'v1\n',
  'a/b': '1',
  'a-c': '2',
  'a.txt': '3',
  B: '4',
  'weights/\u{1F600}.bin': '5',
  'weights/\uFFEE.bin': '6',
  'weights/é.bin': '7',
};

const must = async (program: string, args: readonly string[], cwd: string): Promise<string> => {
  const { code, output } = await run(program, args, { cwd });
  expect(code, output).toBe(0);
  return output;
};

test('model_signing_root is the subject that OpenSSF Model Signing signs', async () => {
  const folder = await folderWith(MODEL);
  const keys = await folderWith({});
  await runStep('verify', { inputs: { path: folder, write: 'true' } });
  await must(
    'openssl',
    ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'key.pem'],
    keys,
  );
  const manifest = join(folder, 'passmuster.manifest.json');
  const signature = join(keys, 'model.sig');
  const files = [
    '--private_key',
    join(keys, 'key.pem'),
    '--signature',
    signature,
    '--ignore-paths',
    manifest,
  ];
  await must(await tool('model-signing'), ['sign', 'key', folder, ...files], keys);

  const { dsseEnvelope } = JSON.parse(await readFile(signature, 'utf8'));
  const statement = JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString());
  const { model_signing_root } = JSON.parse(await readFile(manifest, 'utf8'));
  expect(statement.predicate.resources).toHaveLength(Object.keys(MODEL).length);
  expect(model_signing_root).toBe(`sha256:${statement.subject[0].digest.sha256}`);
});

test.each([[[]], [['--tag']], [['--binary']]])('what sha256sum %j writes', async (flags) => {
  const folder = await folderWith(MODEL);
  const names = Object.keys(MODEL).map((name) => `./${name}`);
  const sums = await must('sha256sum', [...flags, ...names], folder);
  const elsewhere = await folderWith({ SHA256SUMS: sums });
  const inputs = { path: folder, manifest: join(elsewhere, 'SHA256SUMS') };
  expect(await runStep('verify', { inputs })).toMatchObject({ code: 0, outputs: { files: '8' } });
});

test('what DVC tracks', async () => {
  const folder = await folderWith({ 'model.bin': 'weights' });
  const dvc = await tool('dvc');
  await must(dvc, ['init', '--no-scm', '--quiet'], folder);
  await must(dvc, ['add', '--quiet', 'model.bin'], folder);
  const inputs = { path: folder, manifest: join(folder, 'model.bin.dvc') };
  const step = await runStep('verify', { inputs });
  expect(step).toMatchObject({ code: 0, outputs: { files: '1' } });
  const sha256 = createHash('sha256').update('weights').digest('hex');
  const line = createHash('sha256').update(`passmuster.manifest/1\n${sha256} 7 model.bin\n`);
  expect(step.outputs['digest']).toBe(`sha256:${line.digest('hex')}`);
});
