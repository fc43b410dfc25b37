import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ask, startSmall } from './small-service.fixture.ts';

const SMALL = fileURLToPath(new URL('small-service.fixture.ts', import.meta.url));

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const isGone = (path: string): Promise<boolean> =>
  access(path).then(
    () => false,
    () => true,
  );

/** Whether it comes true while somebody would still wait for it. */
async function soon(condition: () => Promise<boolean> | boolean): Promise<boolean> {
  for (let turn = 0; turn < 1000; turn += 1) {
    if (await condition()) return true;
    await sleep(20);
  }
  return false;
}

test('a service has a folder, a home and an environment of its own', async () => {
  process.env['SECRET'] = 'ours';
  const { folder, port, stop } = await startSmall();
  delete process.env['SECRET'];
  const said = await ask(port);
  await stop();
  const given = { HOME: folder, TMPDIR: `${folder}/tmp`, WORD: 'given', cwd: folder };
  expect(said).toEqual({ ...given, pids: [expect.any(Number), expect.any(Number)] });
});

test('it ends with all that it started, and its folder goes', async () => {
  const { folder, port, stop } = await startSmall();
  const { pids } = await ask(port);
  await stop();
  await stop();
  expect(await soon(() => !pids.some(isRunning))).toBe(true);
  expect(await isGone(folder)).toBe(true);
});

test('it ends, too, when the process that wanted it is killed', async () => {
  const user = spawn(process.execPath, [SMALL]);
  const [line] = await once(createInterface(user.stdout), 'line');
  const { folder, port } = JSON.parse(line) as { folder: string; port: number };
  const { pids } = await ask(port);
  user.kill('SIGKILL');
  expect(await soon(() => !pids.some(isRunning))).toBe(true);
  expect(await soon(() => isGone(folder))).toBe(true);
});

test('one that ends at once says so, with the end of what it printed', async () => {
  const failing = "console.error('one\\ntwo: no such table'); process.exit(3)";
  const error = await startSmall(failing).catch((cause: Error) => cause);
  expect(String(error)).toBe(
    'Error: a small server did not start: it ended with 3\none\ntwo: no such table',
  );
});
