import { setAlias } from '@passmuster/core/ledger/store-marks.fixture.ts';
import { expect, test } from 'vitest';
import { ALIAS, LEASE, MODEL } from './wishes.fixture.ts';
import { World } from './world.fixture.ts';

/** Stopped at its call to the stage, while bob promotes 3; what it says when it goes on. */
async function stopped(meanwhile: (world: World) => void): Promise<string> {
  const world = World.withVersions([]);
  for (const wish of ['promote 5', 'promote 1']) await world.run(wish);
  let isStopped = false;
  const going = world.begin('promote 2', {
    fate: (name) => {
      if (name !== 'moveToStage' || isStopped) return 'fine';
      isStopped = true;
      going.process.stop(3 * LEASE);
      return 'reply lost';
    },
  });
  await world.pass(100);
  const other = world.begin('promote 3', { actor: 'bob' });
  await world.pass(2.5 * LEASE);
  meanwhile(world);
  const [ended, others] = await world.until(Promise.all([going.ended, other.ended]));
  expect(others).toMatchObject({ how: 'promoted' });
  if (ended === 'died') throw new Error('it has died');
  expect(ended.result).toBe('conflict');
  expect(ended.said).toContain(
    'Ticket 3 ended as put-back, by ticket 4 for "production", taken by bob',
  );
  return ended.said;
}

test('a run that was stopped past its lease at a write names who has claimed it', async () => {
  const said = await stopped(() => {});
  expect(said).toContain('; production has number 3 now.');
});

test('a write of its own that lands late is no hand’s', async () => {
  const said = await stopped(({ store }) => setAlias(store, MODEL, ALIAS, '2'));
  expect(said).toContain('; a late write of this run: the alias champion stands at number 2.');
  expect(said).not.toContain('by hand');
});

test('a hand’s is', async () => {
  const said = await stopped(({ store }) => setAlias(store, MODEL, ALIAS, '4'));
  expect(said).toContain('the alias champion stands at number 4: somebody has moved it by hand.');
  expect(said).not.toContain('late write');
});

test('beside a late write the hand is told, too', async () => {
  const said = await stopped((world) => {
    setAlias(world.store, MODEL, ALIAS, '2');
    world.byHand('stage', '4');
  });
  expect(said).toContain('a late write of this run: the alias champion stands at number 2; ');
  expect(said).toContain('by hand.');
});
