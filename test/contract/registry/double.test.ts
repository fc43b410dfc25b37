import { Simulation } from '@passmuster/core/ledger/simulation.fixture.ts';
import { describe, expect, test } from 'vitest';
import { openedOnce } from '../opened-once.ts';
import { aliasContract } from './port/aliases.ts';
import { modelContract } from './port/models.ts';
import { expectFailure, type Opened, SOURCE } from './port/opened.ts';
import { stageContract } from './port/stages.ts';
import { versionContract } from './port/versions.ts';

/** The double that promotions are proven on, where time passes by itself. */
async function opened(): Promise<Opened> {
  const simulation = new Simulation(1);
  const { registry } = simulation.process({ actor: 'somebody' });
  let end = () => {};
  const flowing = simulation.time.flow(
    new Promise((resolve) => {
      end = resolve;
    }),
  );
  return {
    registry,
    inSmallPages: registry,
    server: 'mlflow-2.22.5',
    async close() {
      end();
      await flowing;
    },
  };
}

describe('the double, as MLflow 2.22.5', () => {
  const subject = openedOnce(opened);

  describe('models', () => modelContract(subject));
  describe('aliases', () => aliasContract(subject));
  describe('versions', () => versionContract(subject));
  describe('stages', () => stageContract(subject));
});

test.each(['aliases', 'stages'] as const)('one without %s', async (feature) => {
  const simulation = new Simulation(1, [feature]);
  const { registry } = simulation.process({ actor: 'somebody' });
  const until = <Value>(work: Promise<Value>) => simulation.time.until(work);
  expect(await until(registry.has(feature, 'shop'))).toBe(false);
  await until(registry.createModel({ name: 'shop' }));
  const { stage } = await until(registry.createVersion({ model: 'shop', source: SOURCE }));
  const none = { reason: 'unsupported', effect: 'none' } as const;
  if (feature === 'stages') {
    expect(stage).toBe('');
    await expectFailure(until(registry.moveToStage('shop', '1', 'Staging', false)), none);
    await expectFailure(until(registry.latestVersions('shop', [])), none);
  } else {
    await expectFailure(until(registry.setAlias('shop', 'champion', '1')), none);
    await expectFailure(until(registry.removeAlias('shop', 'champion')), none);
    await expectFailure(until(registry.aliased('shop', 'champion')), none);
  }
});
