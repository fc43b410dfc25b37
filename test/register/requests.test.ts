import { expect, test } from 'vitest';
import { seenServer } from '../faults/seen-server.ts';
import { folderWith } from '../verify/folder.ts';
import { run as verify } from '../verify/running.fixture.ts';
import { openRegistry, run } from './running.fixture.ts';

/** What each run asks of the registry when nobody else is about. One more is to be noticed and explained. */
const REQUESTS = {
  'the first of a model': { reads: 17, writes: 6 },
  'one more': { reads: 17, writes: 4 },
  'one more, bumped': { reads: 17, writes: 4 },
  unchanged: { reads: 9, writes: 0 },
  'refused, for other files': { reads: 9, writes: 0 },
  'dry run of the first': { reads: 7, writes: 0 },
  'dry run of one more': { reads: 9, writes: 0 },
  'verify by name': { reads: 3, writes: 0 },
  'verify by number': { reads: 3, writes: 0 },
} as const;

/** No renewal comes due, however busy the machine. */
const LEASE = 600_000;

/** A new registry behind a proxy that sees every request to it. */
async function seenThrough() {
  const { proxy } = await seenServer();

  async function expectOf(what: keyof typeof REQUESTS, act: () => Promise<unknown>) {
    const before = proxy.seen.length;
    await act();
    const seen = proxy.seen.slice(before);
    const reads = seen.filter((one) => one.what.startsWith('GET ')).length;
    const listed = seen.map(({ url, what }) => `${what} ${url.split('?')[1] ?? ''}`).join('\n');
    expect({ reads, writes: seen.length - reads }, `${what}:\n${listed}`).toEqual(REQUESTS[what]);
  }

  const register = (path: string, given: Record<string, string>) =>
    run(proxy.url, { path, ...given }, { lease: LEASE });
  return { expectOf, register, open: () => openRegistry(proxy.url) };
}

const filesOf = (seed: string) => folderWith({ 'config.json': '{}', 'model.safetensors': seed });

test('the requests of `register`', async () => {
  const { expectOf, register } = await seenThrough();
  const [first, second, third] = [await filesOf('1'), await filesOf('2'), await filesOf('3')];
  const [v1, v2] = [{ version: 'v1.0.0' }, { version: 'v1.1.0' }];
  const dry = { 'dry-run': 'true' };
  await expectOf('dry run of the first', () => register(first, { ...v1, ...dry }));
  await expectOf('the first of a model', () => register(first, v1));
  await expectOf('unchanged', () => register(first, v1));
  await expectOf('dry run of one more', () => register(second, { ...v2, ...dry }));
  await expectOf('one more', () => register(second, v2));
  await expectOf('refused, for other files', () => register(third, v2));
  await expectOf('one more, bumped', () => register(third, { bump: 'auto' }));
});

test('the requests of `verify` with a sealed version', async () => {
  const { expectOf, register, open } = await seenThrough();
  const path = await filesOf('1');
  await register(path, { version: 'v1.0.0' });
  const look = (version: string) => verify(path, { model: 'gpt-custom', version }, undefined, open);
  await expectOf('verify by name', () => look('v1.0.0'));
  await expectOf('verify by number', () => look('1'));
});
