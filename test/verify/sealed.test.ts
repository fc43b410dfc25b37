import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  emptyRegistry,
  looking,
  openRegistry,
  run as register,
} from '../register/running.fixture.ts';
import { folderWith } from './folder.ts';
import { MODEL, run } from './running.fixture.ts';

const NAMED = { model: 'gpt-custom', version: 'v1.2.0' };

async function sealed() {
  const address = await emptyRegistry();
  const path = await folderWith(MODEL);
  await register(address, { path, version: 'v1.2.0' });
  const verify = (given: Record<string, string> = NAMED) =>
    run(path, given, undefined, () => openRegistry(address));
  return { address, path, verify };
}

test('the files that were sealed pass, with their manifest and without', async () => {
  const { path, verify } = await sealed();
  const { result, headline, report } = await verify();
  expect(result).toBe('done');
  expect(headline).toContain('and as sealed for gpt-custom v1.2.0');
  expect(report).toMatchObject({ seal: { number: '1', matches: true } });
  await rm(join(path, 'passmuster.manifest.json'));
  expect((await verify()).headline).toContain('4 files (15 B) are as sealed for');
  const latest = await verify({ model: 'gpt-custom', version: 'latest' });
  expect(latest.headline).toContain('as sealed for gpt-custom v1.2.0');
});

test('other files fail, also when their own manifest lists them', async () => {
  const { path, verify } = await sealed();
  await writeFile(join(path, 'config.json'), '[]');
  await run(path, { write: 'true' });
  const { result, headline, page } = await verify();
  expect(result).toBe('refused');
  expect(headline).toContain('they are not those of gpt-custom v1.2.0 (number 1)');
  expect(page).toContain('Fetch the files again');
  await rm(join(path, 'passmuster.manifest.json'));
  expect((await verify()).headline).toContain('the files are not those of');
});

test('a digest that somebody wrote over proves nothing', async () => {
  const { address, verify } = await sealed();
  const registry = await looking(address);
  await registry.tagVersion('gpt-custom', '1', 'passmuster.digest', `sha256:${'0'.repeat(64)}`);
  await expect(verify()).rejects.toThrow('disagree with what was sealed');
  expect((await verify({ model: 'gpt-custom', version: '1' })).result).toBe('done');
});

test('a version that was never sealed, or without files, proves nothing', async () => {
  const { address, verify } = await sealed();
  const registry = await looking(address);
  await registry.createVersion({ model: 'gpt-custom', source: 's3://models/9' });
  const never = await verify({ model: 'gpt-custom', version: '2' });
  expect(never.headline).toContain('is not sealed under the name');
  await register(address, { version: 'v2.0.0', source: 's3://models/2' });
  const unhashed = await verify({ model: 'gpt-custom', version: 'v2.0.0' });
  expect(unhashed.headline).toContain('was sealed without its files');
});

test.each([
  [{ version: 'v1.2.0' }, 'without `model`'],
  [{ model: 'm' }, 'without `version`'],
  [{ registry: 'https://r' }, 'no `model`'],
  [{ ...NAMED, write: 'true' }, 'both given'],
])('%j is refused', async (given, says) => {
  await expect(run(await folderWith(MODEL), given)).rejects.toThrow(says);
});
