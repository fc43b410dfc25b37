import type { Fate } from '@passmuster/core/ledger/simulation.fixture.ts';
import { RegistryError } from '@passmuster/core/registry/error.ts';
import { expect, test } from 'vitest';
import { ENVIRONMENT, LEASE, MODEL } from './wishes.fixture.ts';
import { World } from './world.fixture.ts';

const TAG = 'passmuster.moved.production';

/** A run that promotes 2, along with which 4 is archived, and dies at its first call of this name. */
async function diedAt(call: string, fate: Fate): Promise<World> {
  const world = World.withVersions([]);
  for (const wish of ['promote 5', 'promote 1']) await world.run(wish);
  world.watch = (name) => {
    if (name === 'moveToStage') world.byHand('crowd', '4');
  };
  const going = world.begin('promote 2', {
    fate: (name) => {
      if (name !== call) return 'fine';
      going.process.kill();
      return fate;
    },
  });
  expect(await world.until(going.ended)).toBe('died');
  world.watch = () => {};
  await world.pass(LEASE);
  return world;
}

const tagOf = (world: World, number: string): string | undefined =>
  world.store.versions
    .get(MODEL)
    ?.find((one) => one.number === number)
    ?.tags.get(TAG);

test.each([
  ['setAlias', 'promote 2'],
  ['tag passmuster.state', 'promote 2'],
  ['tag passmuster.state', 'promote 3'],
])(
  'a run that died at %s and was ended by `%s`: what it displaced is told, and its version says who',
  async (call, wish) => {
    const world = await diedAt(call, 'never arrives');
    expect(await world.run(wish)).toMatchObject({ how: 'promoted' });
    const { sealed } = (await world.ledger()).history({ environment: ENVIRONMENT });
    const ticket = sealed.find(({ claimedBy }) => claimedBy !== undefined);
    expect(ticket).toMatchObject({ outcome: 'done', result: { displaced: ['4'] } });
    expect(tagOf(world, '2')).toBe(
      `passmuster.${MODEL}/${ticket?.number} ${ticket?.digest} by alice`,
    );
    expect(world.warned).toEqual([]);
  },
);

test('what is put back tags nobody, and a tag that is refused fails nothing', async () => {
  const back = await diedAt('setAlias', 'never arrives');
  expect(await back.run('promote 3')).toMatchObject({ how: 'promoted' });
  expect(tagOf(back, '2')).toBeUndefined();
  const world = await diedAt('setAlias', 'never arrives');
  const refused = new RegistryError({ reason: 'denied', effect: 'none' }, { message: 'not you' });
  const refusal = (name: string) => (name === `tag ${TAG}` ? refused : undefined);
  expect(await world.run('promote 2', { refusal })).toMatchObject({ how: 'promoted' });
  expect(world.warned).toEqual([
    'Everything is sealed, but number 2 could not be tagged with it: not you',
  ]);
});
