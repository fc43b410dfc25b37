import type { Registry } from '@passmuster/core/registry/registry.ts';
import { expect, test } from 'vitest';
import { around, openRegistry } from '../register/running.fixture.ts';
import { MODEL, move, sealed } from './moving.fixture.ts';
import { environmentOf, registryWith, run, standingWith } from './running.fixture.ts';

const POLICY = 'environments: { production: { alias: champion } }';
const WHERE = { alias: 'champion' } as const;
const asked = { model: MODEL, environment: 'production', check: 'true' };

/** A registry in which something happens each time somebody has read a ledger, so many times at most. */
async function meanwhile(address: string, most: number, happen: () => Promise<unknown>) {
  const registry = await openRegistry(address);
  let times = 0;
  async function* versions(...given: Parameters<Registry['versions']>) {
    yield* registry.versions(...given);
    if (given[0].model !== MODEL && times++ < most) await happen();
  }
  const clock = { ...around().clock, sleep: async () => undefined };
  return { clock, openRegistry: async (): Promise<Registry> => ({ ...registry, versions }) };
}

test('a move that came between ledger and world is no disagreement', async () => {
  await standingWith(POLICY);
  const { address } = await registryWith(2, MODEL);
  await move(address, '1', WHERE);
  const ports = await meanwhile(address, 1, () => move(address, '2', WHERE));
  const ended = await run(address, asked, ports);
  expect(ended.outputs).toEqual({ outcome: 'agrees', disagreements: 0, version: '2' });
  expect(ended.report.models[0]?.moving).toBe(false);
});

test('a ledger that moves all the time is said to, and half of a move is no disagreement', async () => {
  await standingWith(POLICY);
  const { address } = await registryWith(2, MODEL);
  await move(address, '1', WHERE);
  let at = 0;
  const ports = await meanwhile(address, 99, () => move(address, String((at++ % 2) + 1), WHERE));
  const ended = await run(address, asked, ports);
  expect(ended.result).toBe('done');
  expect(environmentOf(ended)?.state).toBe('under-way');
  expect(ended.text).toContain('its ledger changed during each of 5 looks');
});

test('what a hand has moved is seen all the same', async () => {
  await standingWith(POLICY);
  const { address, registry } = await registryWith(2, MODEL);
  await move(address, '1', WHERE);
  await registry.setAlias(MODEL, 'champion', '2');
  const ports = await meanwhile(address, 99, () =>
    sealed(address, '1', 'void', { environment: 'staging' }),
  );
  const ended = await run(address, asked, ports);
  expect(ended.result).toBe('refused');
  expect(ended.report.models[0]?.moving).toBe(true);
});
