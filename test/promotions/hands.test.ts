import { moveToStage } from '@passmuster/core/ledger/store-marks.fixture.ts';
import { RegistryError } from '@passmuster/core/registry/error.ts';
import { expect, test } from 'vitest';
import { told } from './truth.fixture.ts';
import { ENVIRONMENT, MODEL, STAGING } from './wishes.fixture.ts';
import { World } from './world.fixture.ts';

const denied = (name: string) =>
  name === 'setAlias'
    ? new RegistryError({ reason: 'denied', effect: 'none' }, { message: 'not you' })
    : undefined;

async function past(wishes: readonly string[], policy: 'alone' | 'chained'): Promise<World> {
  const world = World.withVersions([], policy);
  for (const wish of wishes) expect(await world.run(wish)).toMatchObject({ how: 'promoted' });
  return world;
}

async function toldOf(world: World): Promise<readonly string[]> {
  return told((await world.ledger()).history({ environment: ENVIRONMENT }).sealed);
}

test('nobody is put back beside a version that a hand has put into its stage', async () => {
  const world = await past(['stage 1', 'promote 1', 'stage 3', 'stage 2'], 'chained');
  world.watch = (name) => {
    if (name === 'setAlias') moveToStage(world.store, MODEL, '4', 'Staging', true);
  };
  const { how, result } = await world.run('promote 2', { refusal: denied });
  expect([how, result]).toEqual(['stopped', 'conflict']);
  expect(world.live).toEqual(['1']);
  expect(world.numbersIn(STAGING)).toEqual(['4']);
  expect(world.stageOf('2')).toBe('Archived');
  const { sealed } = (await world.ledger()).history({ environment: ENVIRONMENT });
  const value = 'Archived, with 4 in Staging';
  expect(sealed.at(-1)?.result).toMatchObject({ stands: [{ kind: 'left', place: '2', value }] });
});

test('a version that a hand archives before it has moved is not moved', async () => {
  const world = await past(['promote 5', 'promote 1'], 'alone');
  let isArchived = false;
  world.watch = (name) => {
    if (isArchived || !name.includes('record')) return;
    isArchived = true;
    moveToStage(world.store, MODEL, '2', 'Archived', false);
  };
  const { how, result } = await world.run('promote 2');
  expect([how, result]).toEqual(['stopped', 'conflict']);
  expect(world.stageOf('2')).toBe('Archived');
  expect(world.live).toEqual(['1']);
  expect(await toldOf(world)).toEqual(['? > 5 done', '5 > 1 done', '1 > 2 stopped']);
});
