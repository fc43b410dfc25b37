import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { startEmbedded } from '@passmuster/registry/embedded/server.ts';
import { describe, expect, test } from 'vitest';
import { rounds } from '../../rounds.ts';
import { MLFLOW_VERSIONS, startMlflow } from '../../services/mlflow.ts';
import { openAt } from './contend.ts';

/** Two versions are moved to Production at once, each to archive the other, again and again: how often both stay. */
async function roundsWithTwo(first: Registry, second: Registry, many: number): Promise<number> {
  const model = 'raced';
  await first.createModel({ name: model });
  for (let versions = 0; versions < 2; versions++) {
    await first.createVersion({ model, source: 's3://bucket/model' });
  }
  let two = 0;
  for (let round = 0; round < many; round++) {
    for (const number of ['1', '2']) await first.moveToStage(model, number, 'None', false);
    await Promise.all([
      first.moveToStage(model, '1', 'Production', true),
      second.moveToStage(model, '2', 'Production', true),
    ]);
    let inProduction = 0;
    for await (const { stage } of first.versions({ model })) {
      if (stage === 'Production') inProduction++;
    }
    if (inProduction === 2) two++;
  }
  return two;
}

/** One goes on from Staging while another comes and archives what is there: how often Production has nobody. */
async function roundsWithNone(first: Registry, second: Registry, many: number): Promise<number> {
  const model = 'passed-on';
  await first.createModel({ name: model });
  for (let versions = 0; versions < 2; versions++) {
    await first.createVersion({ model, source: 's3://bucket/model' });
  }
  let none = 0;
  for (let round = 0; round < many; round++) {
    await first.moveToStage(model, '1', 'Staging', true);
    await first.moveToStage(model, '2', 'None', false);
    await Promise.all([
      first.moveToStage(model, '1', 'Production', true),
      second.moveToStage(model, '2', 'Staging', true),
    ]);
    if ((await first.version(model, '1'))?.stage !== 'Production') none++;
  }
  return none;
}

/** How often it went wrong, in either way. */
async function race(name: string, address: string): Promise<number> {
  const { numRuns: many } = rounds(300);
  const [first, second] = await Promise.all([openAt(address), openAt(address)]);
  try {
    const two = await roundsWithTwo(first, second, many);
    const none = await roundsWithNone(first, second, many);
    process.stdout.write(
      `${name}: two in Production after ${two} of ${many} races, nobody after ${none} of ${many}\n`,
    );
    return two + none;
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
}

describe('two promotions at once, without a ledger', () => {
  test('the embedded registry never ends with two in Production, nor with none', async () => {
    const folder = await mkdtemp(`${tmpdir()}/passmuster-stages-`);
    const file = `${folder}/served.db`;
    const server = await startEmbedded({ file, host: '127.0.0.1', port: 0 });
    try {
      expect(await race('the embedded registry, served', server.url)).toBe(0);
      const address = `embedded:${folder}/shared.db`;
      expect(await race('the embedded registry, as a file of two', address)).toBe(0);
    } finally {
      await server.close();
      await rm(folder, { recursive: true });
    }
  });

  // Why there is a ledger: a figure, and no demand on a system that is not ours.
  test.each(MLFLOW_VERSIONS)('MLflow %s, as it goes', async (version) => {
    const { url, stop } = await startMlflow(version, { workers: 2 });
    try {
      await race(`MLflow ${version}`, url);
    } finally {
      await stop();
    }
  });
});
