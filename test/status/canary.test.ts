import { deploymentReading } from '@passmuster/cluster/double/seeds.ts';
import { expect, test } from 'vitest';
import { environmentOf } from './running.fixture.ts';
import {
  byHand,
  deployed,
  inCluster,
  look,
  recorded,
  saidBy,
  serving,
  settled,
  stamped,
  written,
} from './serving.fixture.ts';

/** Number 1 serves, and 2 gets a tenth beside it. */
async function withCanary() {
  const world = await serving();
  await deployed(world, '1', '1');
  await written(world, { canary_version: '2', canary_traffic_percentage: '10' });
  await recorded(world, '2', 'canary', { current: '1', canary: '2', share: 10 });
  return world;
}

test('a canary is shown with its share, since when and by whom, and in the history', async () => {
  const world = await withCanary();
  const api = deploymentReading('llm', 'canary_version', { name: 'canary', namespace: 'ml' });
  world.double.put(api);
  await settled(world.double, 'canary');
  await stamped(world);
  const ended = await look(world, { history: 'true' });
  expect(ended.outputs).toEqual({ outcome: 'agrees', disagreements: 0, version: '1' });
  expect(environmentOf(ended)).toMatchObject({
    canary: { version: { number: '2' }, share: 10, by: { actor: 'bob' }, ticket: '3' },
    cluster: { canary: '2', share: 10, workloads: [{ version: '1' }, { version: '2' }] },
    version: { number: '1' },
    how: 'promoted',
  });
  expect(ended.text).toContain('number 1 with canary number 2 at 10 %; everything agrees');
  expect(ended.text).toMatch(/agrees, canary at 10 %$/m);
  expect(ended.text).toMatch(
    /canary number 2 takes part at 10 % since \S+ \S+ UTC, by bob \(ticket 3\)/,
  );
  await written(world, { canary_version: '1', canary_traffic_percentage: '0' });
  await recorded(world, '1', 'done', { current: '1', share: 0 });
  await stamped(world);
  const dropped = await look(world, { history: 'true' });
  const whats = [...dropped.text.matchAll(/^\d \S* +\S+ \S+ {2}(.+?) {2}/gm)].map(([, one]) => one);
  expect(whats).toEqual(['canary dropped', 'canary 2 at 10 %', 'deployed 1', 'promoted']);
  expect(environmentOf(dropped)?.canary).toBeUndefined();
  expect(environmentOf(dropped)?.history?.[1]).toMatchObject({
    verb: 'deploy',
    outcome: 'canary',
    traffic: { configmap: 'ml/llm', current: '1', canary: '2', share: 10 },
  });
});

test.each<[string, Record<string, string>, RegExp, string]>([
  [
    'another share',
    { canary_traffic_percentage: '50' },
    /^The canary is number 2 at 10 % by the ledger \(ticket 3, .*\), but .* says that 2 gets 50 % /,
    '--version number:2 --environment production --canary 10',
  ],
  [
    'another version',
    { canary_version: '3' },
    /says that 3 gets 10 % of the traffic\.$/,
    '--version number:2 --environment production --canary 10',
  ],
  [
    'none',
    { canary_traffic_percentage: '0' },
    /says that no canary takes part\.$/,
    '--environment production --canary drop',
  ],
])('a canary on record, and %s in the cluster, disagree', async (_, data, says, command) => {
  const world = await withCanary();
  byHand(world, data);
  const ended = await look(world);
  expect(saidBy(ended)).toEqual([expect.stringMatching(says)]);
  expect(inCluster(ended)?.disagreements[0]?.commands).toEqual([
    `passmuster deploy --model gpt-custom ${command}`,
  ]);
});

test('a canary that nobody has put on record has to go before anything is deployed', async () => {
  const world = await serving();
  await deployed(world, '1', '1');
  byHand(world, {
    current_version: '4',
    canary_version: '3',
    canary_traffic_percentage: '5',
  });
  await stamped(world);
  const ended = await look(world);
  expect(saidBy(ended)[1]).toContain('says that 3 gets 5 % of the traffic, and no move on record');
  const [drop, deploy] = inCluster(ended)?.disagreements[0]?.commands ?? [];
  expect(drop).toMatch(/--canary drop$/);
  expect(deploy).toMatch(/--version number:1 /);
});

test('a share that nobody can read is told as that, and nothing is guessed from it', async () => {
  const world = await withCanary();
  byHand(world, { canary_traffic_percentage: 'ten' });
  const ended = await look(world);
  expect(saidBy(ended)).toEqual([
    expect.stringContaining('canary_traffic_percentage: ten, which is no percentage'),
  ]);
  expect(inCluster(ended)?.share).toBeUndefined();
});
