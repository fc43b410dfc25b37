import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { call, type RegistryProcess, startRegistry } from '../contract/registry/process.ts';

let folder = '';
let running: RegistryProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passmuster-registry-'));
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map((one) => one.stop('SIGKILL')));
  await rm(folder, { recursive: true, force: true });
});

async function start(...more: readonly string[]): Promise<RegistryProcess> {
  const one = await startRegistry(['--file', join(folder, 'registry.db'), ...more]);
  running.push(one);
  return one;
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'one line, and an end without fuss on %s',
  async (signal) => {
    const one = await start();
    expect(await call(one.url, 'POST', 'registered-models/create', { name: 'm' })).toMatchObject({
      status: 200,
    });
    expect(await one.stop(signal)).toBe(0);
    const { out, err } = one.printed();
    expect(out).toBe(`passmuster registry listening on ${one.url}\n`);
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(err).toBe('');
    const again = await start();
    expect(await call(again.url, 'GET', 'registered-models/get', { name: 'm' })).toMatchObject({
      status: 200,
    });
  },
);

test('two on one file see what the other does at once', async () => {
  const [one, other] = await Promise.all([start(), start()]);
  await call(one.url, 'POST', 'registered-models/create', { name: 'm' });
  const create = (url: string) =>
    call(url, 'POST', 'model-versions/create', { name: 'm', source: 's3://b/x' });
  const both = Array.from({ length: 40 }, (_, index) => create(index % 2 ? one.url : other.url));
  const answers = await Promise.all(both);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const numbers = answers.map(
    ({ body }) => (body as { model_version: { version: string } }).model_version.version,
  );
  expect(new Set(numbers).size).toBe(40);
  const last = { name: 'm', version: '40' };
  expect(await call(other.url, 'GET', 'model-versions/get', last)).toMatchObject({ status: 200 });
});

test('it does not open itself to everybody', async () => {
  await expect(start('--host', '0.0.0.0')).rejects.toThrow(
    /It ended with 2\.[\s\S]*PASSMUSTER_REGISTRY_TOKEN/,
  );
});

test('but with a token, which nobody sees', async () => {
  const token = 'never-to-be-shown';
  const file = join(folder, 'registry.db');
  const variables = { PASSMUSTER_REGISTRY_TOKEN: token };
  const one = await startRegistry(['--file', file, '--host', '0.0.0.0'], variables);
  running.push(one);
  const url = one.url.replace('0.0.0.0', '127.0.0.1');
  expect((await fetch(`${url}/version`)).status).toBe(401);
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${url}/version`, { headers })).status).toBe(200);
  expect(await one.stop('SIGTERM')).toBe(0);
  const { out, err } = one.printed();
  expect(out + err).not.toContain(token);
});

test.each([
  [['--file', 'registry.db', '--port', '70000'], /must be between 0 and 65535/],
  [['--file', '/nowhere/at/all.db'], /cannot\s+be\s+opened\s+or\s+created/],
])('%j is the caller’s mistake', async (args, message) => {
  const failure = await startRegistry(args).catch(String);
  expect(failure).toMatch(message);
  expect(failure).toMatch(/It ended with 2\./);
});
