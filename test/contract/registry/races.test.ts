import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Embedded, startEmbedded } from '@passmuster/registry/embedded/server.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rounds } from '../../rounds.ts';
import { call, type RegistryProcess, startRegistry } from './process.ts';

let folder = '';
let file = '';
let inside: Embedded;
let outside: RegistryProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passmuster-races-'));
  file = join(folder, 'registry.db');
  inside = await startEmbedded({ file, host: '127.0.0.1', port: 0 });
  outside = await startRegistry(['--file', file]);
});

afterAll(async () => {
  await outside?.stop('SIGKILL');
  await inside?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Found {
  readonly model_versions?: readonly { readonly version: string; readonly current_stage: string }[];
}

async function inProduction(url: string, name: string): Promise<readonly string[]> {
  const filter = `name = '${name}'`;
  const { body } = await call(url, 'GET', 'model-versions/search', { filter });
  return ((body as Found).model_versions ?? [])
    .filter(({ current_stage: stage }) => stage === 'Production')
    .map(({ version }) => version);
}

/** Two versions that go to production at the same moment, each through its own server. */
async function race(first: string, second: string, name: string): Promise<readonly string[]> {
  await call(first, 'POST', 'registered-models/create', { name });
  for (const _ of [1, 2]) {
    await call(first, 'POST', 'model-versions/create', { name, source: 's3://b/x' });
  }
  const move = (url: string, version: string) =>
    call(url, 'POST', 'model-versions/transition-stage', {
      name,
      version,
      stage: 'Production',
      archive_existing_versions: true,
    });
  const answers = await Promise.all([move(first, '1'), move(second, '2')]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  return inProduction(first, name);
}

const { numRuns } = rounds(300);

test(`${numRuns} times two promotions at once through one server: always one in production`, async () => {
  for (let round = 0; round < numRuns; round++) {
    expect(await race(inside.url, inside.url, `one-${round}`)).toHaveLength(1);
  }
});

test(`${numRuns} times through two processes on one file`, async () => {
  const winners = new Set<string>();
  for (let round = 0; round < numRuns; round++) {
    const [winner, ...others] = await race(inside.url, outside.url, `two-${round}`);
    expect(others).toEqual([]);
    winners.add(String(winner));
  }
  expect(winners).not.toContain('undefined');
});
