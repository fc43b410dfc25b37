import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { ProcessIdentity } from '@passmuster/core/host.ts';
import { expect, onTestFinished, test } from 'vitest';
import { hasEnded, ownIdentity, parseStat } from './process-identity.ts';

const onLinux = test.skipIf(process.platform !== 'linux');

function own(): ProcessIdentity {
  const identity = ownIdentity();
  if (!identity) throw new Error('Linux says who a process is');
  return identity;
}

const module = new URL('./process-identity.ts', import.meta.url).href;
const PROGRAM = `
  const { ownIdentity } = await import(${JSON.stringify(module)});
  process.stdout.write(JSON.stringify(ownIdentity()));
  setInterval(() => {}, 1000);
`;

/** Another process, and who it says it is. */
async function another(): Promise<{ child: ChildProcess; identity: ProcessIdentity }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said] = await once(child.stdout, 'data');
  return { child, identity: JSON.parse(String(said)) };
}

onLinux('this process lives', () => {
  expect(own().pid).toBe(process.pid);
  expect(own()).toEqual(own());
  expect(hasEnded(own(), own())).toBe(false);
});

onLinux('another process lives, also while it is stopped, until it is killed', async () => {
  const { child, identity } = await another();
  expect({ ...identity, pid: 0, started: '' }).toEqual({ ...own(), pid: 0, started: '' });
  expect(hasEnded(own(), identity)).toBe(false);
  child.kill('SIGSTOP');
  expect(hasEnded(own(), identity)).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(hasEnded(own(), identity)).toBe(true);
});

onLinux('a zombie has ended', async () => {
  // A parent that does not ask how its child ended: a shell would.
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec tail -f /dev/null']);
  onTestFinished(() => void parent.kill('SIGKILL'));
  const pid = Number(String((await once(parent.stdout, 'data'))[0]));
  onTestFinished(() => void process.kill(pid, 'SIGKILL'));
  await waitFor(() => readFileSync(`/proc/${parent.pid}/comm`, 'latin1') === 'tail\n');
  const { state, started } = statOf(pid);
  expect(state).not.toBe('Z');
  process.kill(pid, 'SIGKILL');
  await waitFor(() => statOf(pid).state === 'Z');
  expect(hasEnded(own(), { ...own(), pid, started })).toBe(true);
});

const waitFor = (holds: () => boolean) => expect.poll(holds, { timeout: 20_000 }).toBe(true);

const statOf = (pid: number) => parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1'));

onLinux('a process that started at another time has taken the number of one that ended', () => {
  expect(hasEnded(own(), { ...own(), started: '1' })).toBe(true);
});

onLinux.each<Partial<ProcessIdentity>>([
  { boot: 'f8f1fa4f-5a1d-4f0c-8f2b-7f6cf3a4a111' },
  { namespace: 'pid:[1]' },
])('nothing is known of a process elsewhere: %j', (elsewhere) => {
  expect(hasEnded(own(), { ...own(), pid: 2 ** 22 + 1, ...elsewhere })).toBe(false);
});

onLinux.each([0, -1, 1.5, Number.NaN, 1e300])('%d is no process', (pid) => {
  expect(hasEnded(own(), { ...own(), pid })).toBe(false);
});

test('where the system does not say who we are, nothing is known of anybody', () => {
  const other = { boot: 'b', namespace: 'pid:[1]', pid: 2 ** 22 + 1, started: '1' };
  expect(hasEnded(undefined, other)).toBe(false);
});

const REST = 'S 1 2 2 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 7 0 8675309 1 2 3';

test.each([
  ['node', '42 (node) '],
  ['a space and parentheses', '42 (my (odd) name) R 1) '],
  ['a line break', '42 (a\nb) '],
])('a program called by %s', (_, start) => {
  expect(parseStat(start + REST)).toEqual({ pid: 42, state: 'S', started: '8675309' });
});

test.each(['', '42', '42 (node)', '42 (node) S 1 2', `x (node) ${REST}`])('%j is none', (line) => {
  expect(() => parseStat(line)).toThrow();
});
