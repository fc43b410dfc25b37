import { goodBefore } from '@passmuster/core/promotions/live.ts';
import { RegistryError } from '@passmuster/core/registry/error.ts';
import { expect, test } from 'vitest';
import { looking } from '../register/running.fixture.ts';
import { historyOf, MODEL, registered, rollBack, run, stands, watched } from './running.fixture.ts';

const POLICY = `models: { ${MODEL}: { gates: [accuracy >= 0.8] } }
environments: { production: { stage: Production, alias: champion } }
`;
const TO = { environment: 'production' };

/** Two versions, of which somebody has put the first into production, and who can be refused later. */
async function foundThere(alias = true, accuracies: readonly number[] = [0.5, 0.9]) {
  const address = await registered(accuracies, POLICY);
  const registry = await looking(address);
  await registry.moveToStage(MODEL, '1', 'Production', false);
  if (alias) await registry.setAlias(MODEL, 'champion', '1');
  return { address, registry };
}

test('the first mover writes down what it found, which was never judged', async () => {
  const { address } = await foundThere();
  const { outputs } = await run(address, { ...TO, version: 'v1.1.0' });
  expect(outputs).toMatchObject({ outcome: 'promoted', from: '1', to: '2' });
  const history = await historyOf(address, 'production');
  expect(history).toMatchObject([
    { record: { from: { number: '1', version: 'v1.0.0', found: true }, to: { number: '2' } } },
  ]);
  expect(history[0]?.record?.['from']).not.toHaveProperty('ticket');
  expect(goodBefore(history, '2')).toEqual([{ number: '1', version: 'v1.0.0', found: true }]);
  await rollBack(address, 'production', '1');
  expect(await stands(address)).toEqual({ champion: '1', Production: '1', Archived: '2' });
});

test('what was found counts as the first entry, also when the move is put back', async () => {
  const { address, registry } = await foundThere();
  const openRegistry = watched(address, {
    before: (name) => {
      if (name !== 'setAlias') return;
      const problem = { message: 'Could not: the test refuses.' };
      throw new RegistryError({ reason: 'refused', effect: 'none' }, problem);
    },
  });
  const next = { ...TO, version: 'v1.1.0' };
  const { result, outputs } = await run(address, next, { openRegistry });
  expect([result, outputs.outcome]).toEqual(['upstream', 'put-back']);
  expect(outputs.record).toMatch(/^\d+$/);
  expect(await stands(address)).toEqual({ champion: '1', Production: '1' });
  const history = await historyOf(address, 'production');
  expect(history).toMatchObject([{ outcome: 'put-back', record: { from: { found: true } } }]);
  expect(goodBefore(history, undefined)).toMatchObject([{ number: '1' }]);
  // From now on a hand that moves it contradicts the ledger.
  await registry.removeAlias(MODEL, 'champion');
  await registry.moveToStage(MODEL, '2', 'Production', true);
  const drifted = await run(address, next);
  expect(drifted.result).toBe('conflict');
  expect(drifted.said).toContain('the ledger says number 1 (v1.0.0, as it was found)');
});

test('a candidate that is there already without a record is judged, and sealed with no effect', async () => {
  const { address } = await foundThere(true, [0.9]);
  const before = await stands(address);
  const { outputs } = await run(address, TO);
  expect(outputs).toMatchObject({ outcome: 'promoted', from: '1', to: '1' });
  expect(await stands(address)).toEqual(before);
  const history = await historyOf(address, 'production');
  expect(history).toMatchObject([
    { outcome: 'done', record: { steps: [], verdict: 'pass', from: { number: '1', found: true } } },
  ]);
  expect((await run(address, TO)).outputs).toMatchObject({
    outcome: 'unchanged',
    record: history[0]?.number,
  });
});

test('or with the alias that was missing', async () => {
  const { address } = await foundThere(false, [0.9]);
  expect((await run(address, TO)).outputs.outcome).toBe('promoted');
  expect(await stands(address)).toEqual({ champion: '1', Production: '1' });
  expect(await historyOf(address, 'production')).toMatchObject([
    { record: { steps: [{ kind: 'alias', place: 'champion', before: '', after: '1' }] } },
  ]);
});

test('or not at all where its gates do not pass', async () => {
  const { address } = await foundThere(false);
  const { result, outputs } = await run(address, TO);
  expect([result, outputs.outcome]).toEqual(['refused', 'refused']);
  expect(await stands(address)).toEqual({ Production: '1' });
  expect(await historyOf(address, 'production')).toEqual([]);
});

test('an environment that had no version has no first entry', async () => {
  const address = await registered([0.9], POLICY);
  await run(address, TO);
  const [first] = await historyOf(address, 'production');
  expect(first?.record).not.toHaveProperty('from');
  expect(first?.previous).toBeUndefined();
});
