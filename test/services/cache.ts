import { mkdir, mkdtemp, readdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/**
 * Fills a folder once, to be found from then on at `place`, which is a link: it appears in one step and
 * only when all is there. So a killed install is never found, of two at once either one is whole, and
 * what cannot be moved after it was made (a Python environment) stays where it was made.
 */
export async function fillOnce(
  place: string,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  if (await isThere(place)) return;
  await mkdir(dirname(place), { recursive: true });
  await sweep(place);
  const folder = await mkdtemp(`${place}.${process.pid}.`);
  try {
    await fill(folder);
    await publish(folder, place);
  } catch (error) {
    await discard(folder);
    throw error;
  }
}

async function publish(folder: string, place: string): Promise<void> {
  if (await isThere(place)) return discard(folder);
  const link = `${folder}.link`;
  await symlink(basename(folder), link);
  await rename(link, place);
}

/** Removes what killed installs left: folders of processes that are gone, unless they are the one in use. */
async function sweep(place: string): Promise<void> {
  for (const name of await readdir(dirname(place))) {
    if (!name.startsWith(`${basename(place)}.`)) continue;
    const pid = /^\.(\d+)\.\w{6}(\.link)?$/.exec(name.slice(basename(place).length))?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    // Read after the process was seen to be gone: it may have ended by finishing.
    const inUse = await readlink(place).catch(() => undefined);
    if (name !== inUse) await discard(`${dirname(place)}/${name}`);
  }
}

/** As well as it can be done: a child of a killed install may still write there, and others sweep too. */
const discard = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true }).catch(() => undefined);

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
