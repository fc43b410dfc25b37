import { expect, test } from 'vitest';
import { surroundings } from '../../../test/surroundings.ts';
import { RegistryError } from '../registry/error.ts';
import type { Registry } from '../registry/registry.ts';
import { openLedger } from './open.ts';

const gone = new RegistryError(
  { reason: 'unreachable', effect: 'none' },
  { message: 'Nothing listens there.' },
);

test('a registry that is not there is told at once: it has been tried often enough by then', async () => {
  let asked = 0;
  const registry = {
    address: 'https://registry',
    model: async () => {
      asked++;
      throw gone;
    },
  } as unknown as Registry;
  const ledger = openLedger({ ...surroundings(), registry, model: 'm', lease: 120_000 });
  const { signal } = new AbortController();
  await expect(ledger.look(signal)).rejects.toThrow('Nothing listens there');
  const request = { queue: 'names' as const, environment: '', intent: 'x', marks: new Map() };
  const options = { wait: 0, signal, waiting: () => {}, answerFor: async () => expect.fail() };
  await expect(ledger.take(request, options)).rejects.toThrow('Nothing listens there');
  expect(asked).toBe(2);
});
