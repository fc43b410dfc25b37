import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@passmuster/action-kit/run/clock.ts';
import { thisHost } from '@passmuster/action-kit/run/host.ts';
import { expect, onTestFinished, test } from 'vitest';
import { type Opening, registryOpener } from './open.ts';

async function opening(more: Partial<Opening>) {
  const folder = await mkdtemp(join(tmpdir(), 'open-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const warned: string[] = [];
  const file = join(folder, 'registry.db');
  const open = registryOpener({
    address: `embedded:${file}`,
    variables: {},
    home: '/nowhere',
    clock: systemClock(),
    host: thisHost({}),
    voice: { note: () => {}, warn: (text) => void warned.push(text), hide: () => {} },
    ...more,
  });
  return { file, warned, open: () => open(undefined) };
}

test('whoever only reads makes no file, and is told that there is none', async () => {
  const { file, warned, open } = await opening({ makesNoFile: true });
  const registry = await open();
  expect(await registry.model('m')).toBeUndefined();
  await registry.close();
  expect(existsSync(file)).toBe(false);
  expect(warned).toEqual([
    `There is no registry in embedded:${file} yet; it is taken for an empty one.`,
  ]);
});

test('a file that is empty stays so', async () => {
  const { file, warned, open } = await opening({ makesNoFile: true });
  await writeFile(file, '');
  await (await open()).close();
  expect((await readFile(file)).length).toBe(0);
  expect(warned).toHaveLength(1);
});

test('a file that is there is read, and said nothing of', async () => {
  const { file, open } = await opening({});
  const writing = await open();
  await writing.createModel({ name: 'm' });
  await writing.close();
  const { warned, open: look } = await opening({ address: `embedded:${file}`, makesNoFile: true });
  const reading = await look();
  expect(await reading.model('m')).toMatchObject({ name: 'm' });
  await reading.close();
  expect(warned).toEqual([]);
});
