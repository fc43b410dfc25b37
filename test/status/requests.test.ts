import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@passmuster/registry/embedded/server.ts';
import { expect, onTestFinished, test } from 'vitest';
import { none } from '../faults/fault.ts';
import { startFaults } from '../faults/proxy.ts';
import { openRegistry } from '../register/running.fixture.ts';
import { leave, MODEL, move } from './moving.fixture.ts';
import { run, standingWith } from './running.fixture.ts';

/**
 * What each run asks of the registry. One more is to be noticed and explained. Of a model: its ledger, itself
 * and its versions, and its ledger once more where something disagrees or waits. Beside that, the list of
 * ledgers, or of one model whether there is one; whether the server has aliases, where nothing shows it; and
 * whether it can keep ledgers, where it has none.
 */
const REQUESTS = {
  'one model': 4,
  'one of its environments': 4,
  'its history': 4,
  'one that disagrees': 5,
  'one with a move under way': 5,
  'a model without a ledger': 4 + 1 + 2,
  'twenty models': 1 + 3 * 20,
  'twenty models, two of which disagree': 1 + 3 * 20 + 2 + 1,
  'a policy without a ledger': 1 + 3 * 2 + 1 + 2,
} as const;

const WHERE = { alias: 'champion' } as const;
const POLICY = 'environments: { production: { alias: champion } }';

/** A registry behind a proxy that sees every request to it. */
async function seenThrough() {
  const folder = await mkdtemp(join(tmpdir(), 'requests-'));
  const file = join(folder, 'registry.db');
  const server = await startEmbedded({ file, host: '127.0.0.1', port: 0 });
  const proxy = await startFaults(server.url, () => none);
  const registry = await openRegistry(server.url);
  onTestFinished(async () => {
    await registry.close();
    await proxy.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function fill(model: string): Promise<void> {
    await registry.createModel({ name: model });
    await registry.createVersion({ model, source: 's3://m/1' });
    await registry.createVersion({ model, source: 's3://m/2' });
  }

  async function expectOf(what: keyof typeof REQUESTS, given: Record<string, string>) {
    const before = proxy.seen.length;
    const { outputs } = await run(proxy.url, given);
    const seen = proxy.seen.slice(before);
    const listed = seen.map(({ url, what: asked }) => `${asked} ${url.split('?')[1] ?? ''}`);
    expect(seen.length, `${what}:\n${listed.join('\n')}`).toBe(REQUESTS[what]);
    const writes = seen.filter((one) => !one.what.startsWith('GET '));
    expect(writes, `${what} writes`).toEqual([]);
    return outputs.disagreements;
  }
  return { expectOf, fill, registry, address: server.url };
}

test('the requests of `status` about one model', async () => {
  await standingWith(POLICY);
  const { expectOf, fill, registry, address } = await seenThrough();
  await fill('bare');
  await expectOf('a model without a ledger', { model: 'bare' });
  await fill(MODEL);
  await move(address, '1', WHERE);
  await expectOf('one model', { model: MODEL });
  await expectOf('one of its environments', { model: MODEL, environment: 'production' });
  await expectOf('its history', { model: MODEL, history: 'true' });
  await registry.setAlias(MODEL, 'champion', '2');
  expect(await expectOf('one that disagrees', { model: MODEL })).toBe(1);
  await registry.setAlias(MODEL, 'champion', '1');
  await leave(address, '2', WHERE);
  await expectOf('one with a move under way', { model: MODEL });
});

test('the requests of `status` about all models', async () => {
  await standingWith(`${POLICY}\nmodels: { one: {}, two: {} }`);
  const { expectOf, fill, registry, address } = await seenThrough();
  await fill('one');
  await expectOf('a policy without a ledger', {});
  await standingWith(POLICY);
  for (let at = 0; at < 20; at++) {
    await fill(`m${at}`);
    await move(address, '1', { ...WHERE, model: `m${at}` });
  }
  await expectOf('twenty models', {});
  await registry.setAlias('m3', 'champion', '2');
  await registry.removeAlias('m4', 'champion');
  expect(await expectOf('twenty models, two of which disagree', {})).toBe(2);
});
