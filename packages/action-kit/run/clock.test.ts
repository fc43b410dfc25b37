import { spawn } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';

const { signal } = new AbortController();

test('elapsed starts near nothing and never goes back', async () => {
  const clock = systemClock();
  let last = clock.elapsed();
  expect(last).toBeGreaterThanOrEqual(0);
  for (let look = 0; look < 2_000; look++) {
    const now = clock.elapsed();
    expect(now).toBeGreaterThanOrEqual(last);
    last = now;
  }
});

test('now is the time of the day', () => {
  const before = Date.now();
  expect(systemClock().now()).toBeGreaterThanOrEqual(before);
});

test('a sleep ends, and leaves nothing behind on its signal', async () => {
  await systemClock().sleep(1, signal);
  await systemClock().sleep(-1, signal);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a signal ends a sleep with its reason, also one that came before', async () => {
  const stop = new AbortController();
  const reason = new Error('enough');
  const asleep = systemClock().sleep(Number.MAX_SAFE_INTEGER, stop.signal);
  stop.abort(reason);
  await expect(asleep).rejects.toBe(reason);
  await expect(systemClock().sleep(1, stop.signal)).rejects.toBe(reason);
});

test.skipIf(process.platform === 'win32')('time goes on while the process is stopped', async () => {
  const clock = new URL('./clock.ts', import.meta.url).href;
  const program = `
    const { systemClock } = await import(${JSON.stringify(clock)});
    const clock = systemClock();
    process.stdin.on('data', () => process.stdout.write(clock.elapsed() + '\\n'));
    process.stdout.write('ready\\n');
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  const line = async () => String((await once(child.stdout, 'data'))[0]);
  const ask = () => {
    child.stdin.write('?');
    return line().then(Number);
  };
  try {
    await line();
    const before = await ask();
    child.kill('SIGSTOP');
    const stopped = performance.now();
    await systemClock().sleep(300, signal);
    const atLeast = performance.now() - stopped - 10;
    child.kill('SIGCONT');
    expect((await ask()) - before).toBeGreaterThanOrEqual(atLeast);
  } finally {
    child.kill('SIGKILL');
  }
});
