import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { folderWith } from '../verify/folder.ts';

const BIN = fileURLToPath(new URL('../../packages/cli/bin.js', import.meta.url));

test('where there is no registry in a file, none is made', async () => {
  const folder = await folderWith({});
  const args = ['status', '--registry', 'embedded:none.db'];
  const env = { PATH: process.env['PATH'] };
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringContaining('There is no registry in'),
  });
  expect(stdout).toContain('no model has a ledger');
  expect(await readdir(folder)).toEqual([]);
});
