import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fillOnce } from './cache.ts';

let cache = '';
let place = '';
let fills = 0;

beforeEach(async () => {
  cache = await mkdtemp(`${tmpdir()}/cache-`);
  place = `${cache}/tool-1.0`;
  fills = 0;
});

afterEach(() => rm(cache, { recursive: true }));

const fill = async (folder: string): Promise<void> => {
  fills += 1;
  await writeFile(`${folder}/program`, folder);
};

/** The number of a process that has ended. */
async function ended(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}

test('a folder is filled once and found from then on', async () => {
  await fillOnce(place, fill);
  await fillOnce(place, fill);
  expect(fills).toBe(1);
  expect(await readdir(place)).toEqual(['program']);
});

test('it stays where it was made, for what knows its own path', async () => {
  await fillOnce(place, fill);
  const made = await readFile(`${place}/program`, 'utf8');
  expect(await readdir(made)).toEqual(['program']);
});

test('an install that fails leaves nothing, and the next one starts over', async () => {
  const broken = async (folder: string): Promise<void> => {
    await fill(folder);
    throw new Error('no network');
  };
  await expect(fillOnce(place, broken)).rejects.toThrow('no network');
  expect(await readdir(cache)).toEqual([]);
  await fillOnce(place, fill);
  expect(await readdir(place)).toEqual(['program']);
});

test('nothing is found while an install is under way', async () => {
  await fillOnce(place, async (folder) => {
    await fill(folder);
    await expect(readdir(place)).rejects.toThrow('ENOENT');
  });
});

test('of two at once one is kept, and it is whole', async () => {
  await Promise.all([fillOnce(place, fill), fillOnce(place, fill)]);
  expect(fills).toBe(2);
  expect(await readdir(place)).toEqual(['program']);
});

test('what a killed install left is removed, what another process is filling is not', async () => {
  const pid = await ended();
  const killed = [`tool-1.0.${pid}.abc123`, `tool-1.0.${pid}.abc123.link`];
  const others = [`tool-1.0.${process.pid}.abc123`, `tool-1.0.${pid}`, `tool-1.0.${pid}.1`];
  for (const name of [...killed, ...others]) await mkdir(`${cache}/${name}`);
  await fillOnce(place, fill);
  const left = await readdir(cache);
  expect(left).toEqual(expect.arrayContaining(['tool-1.0', ...others]));
  expect(left).not.toEqual(expect.arrayContaining([killed[0]]));
  expect(left).not.toEqual(expect.arrayContaining([killed[1]]));
});

test('a link to a folder that somebody removed is made anew', async () => {
  await symlink('tool-1.0.gone', place);
  await fillOnce(place, fill);
  expect(await readdir(place)).toEqual(['program']);
});
