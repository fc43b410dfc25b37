import { configMapStep } from '@passmuster/core/cluster/steps.ts';
import { expect, test } from 'vitest';
import { leave, move } from './moving.fixture.ts';
import {
  byHand,
  deployed,
  flat,
  inCluster,
  look,
  saidBy,
  serving,
  trafficOf,
  WHERE,
  written,
} from './serving.fixture.ts';

/** A deployment of number 2 whose run has gone, with the ConfigMap written or not. */
async function left(isWritten: boolean) {
  const world = await serving();
  await deployed(world, '1', '1');
  const seen = await world.cluster.configMap({ namespace: 'ml', name: 'llm' });
  const change = { data: new Map([['current_version', '2']]), annotations: new Map() };
  const steps = [configMapStep({ namespace: 'ml', name: 'llm' }, seen, change)];
  await move(world.address, '2', WHERE);
  const traffic = trafficOf({ current: '2', share: 0 });
  const more = { steps, traffic, verb: 'deploy' as const };
  await leave(world.address, '2', { ...WHERE, verb: 'deploy', more });
  if (isWritten) await written(world, { current_version: '2' });
  return world;
}

test.each([
  [false, 'not yet'],
  [true, 'done'],
])('a deployment that was left is under way, and told how far it has come', async (is, stands) => {
  const world = await left(is);
  const ended = await look(world);
  expect(ended.outputs.disagreements).toBe(1);
  expect(inCluster(ended)).toMatchObject({ moving: true, disagreements: [] });
  expect(flat(ended.text)).toContain('ticket 4 of alice was begun and has no end');
  expect(flat(ended.text)).toContain(
    `serves 2, is being carried out: the ConfigMap ml/llm ${stands}.`,
  );
  expect(ended.report.models[0]?.waiting[0]?.steps).toMatchObject([{ kind: 'configmap' }]);
  byHand(world, { current_version: '3' });
  const foreign = await look(world);
  expect(saidBy(foreign)[0]).toContain('The ConfigMap ml/llm serves 3');
});
