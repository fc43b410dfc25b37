import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import { expect, onTestFinished, test } from 'vitest';
import { within } from './within.ts';

test('where a file stands in a folder, by whatever path either is named', async () => {
  const home = await mkdtemp(join(tmpdir(), 'passmuster-'));
  onTestFinished(() => rm(home, { recursive: true }));
  const folder = join(home, 'model');
  await mkdir(join(folder, 'deep'), { recursive: true });
  await writeFile(join(folder, 'deep/m.json'), '');
  await symlink(folder, join(home, 'current'));
  await symlink('/etc/hosts', join(folder, 'hosts'));

  expect(await within(folder, join(folder, 'm.json'))).toBe('m.json');
  expect(await within(join(home, 'current'), join(folder, 'deep/m.json'))).toBe('deep/m.json');
  expect(await within(folder, join(home, 'current/m.json'))).toBe('m.json');
  expect(await within(folder, join(folder, 'hosts'))).toBe('hosts');
  expect(await within(folder, join(home, 'm.json'))).toBeUndefined();
  expect(await within(folder, `${folder}.json`)).toBeUndefined();
  expect(await within(folder, join(home, 'nowhere/m.json'))).toBeUndefined();
  await expect(within(join(home, 'modle'), 'm.json')).rejects.toThrow(InputError);
});
