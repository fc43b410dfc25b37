import type { Registry } from '@passmuster/core/registry/registry.ts';
import { expect, test } from 'vitest';
import { countingWaves } from './waves.ts';

const asking = {
  run: async () => undefined,
  async *versions() {},
  address: 'nowhere',
} as unknown as Registry;

test.each<[string, number, (registry: Registry) => Promise<unknown>]>([
  ['none', 0, async () => undefined],
  [
    'together',
    1,
    (at) => Promise.all([at.run('1'), at.run('2'), Array.fromAsync(at.versions({}))]),
  ],
  [
    'one after the other',
    3,
    async (at) => {
      await at.run('1');
      await Array.fromAsync(at.versions({}));
      await at.run('2');
    },
  ],
  [
    'two chains side by side',
    2,
    (at) => Promise.all(['1', '2'].map((id) => at.run(id).then(() => at.run(id)))),
  ],
])('%s', async (_, waves, ask) => {
  const counted = countingWaves(asking);
  await ask(counted.registry);
  expect(counted.waves()).toBe(waves);
  expect(counted.registry.address).toBe('nowhere');
});
