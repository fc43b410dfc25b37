import { RegistryError } from '@passmuster/core/registry/error.ts';
import { expect, test } from 'vitest';
import { told } from './truth.fixture.ts';
import { ENVIRONMENT } from './wishes.fixture.ts';
import { World } from './world.fixture.ts';

const SEAL = 'tag passmuster.state';

const unanswered = () =>
  new RegistryError({ reason: 'unanswered', effect: 'unknown' }, { message: 'no answer.' });

async function live(): Promise<World> {
  const world = World.withVersions([]);
  for (const wish of ['promote 5', 'promote 1']) await world.run(wish);
  return world;
}

test('a seal that gets no answer: what stands is said, the ticket is left, and the next run goes on', async () => {
  const world = await live();
  const ended = await world.run('promote 2', {
    refusal: (name) => (name === SEAL ? unanswered() : undefined),
  });
  expect(ended).toMatchObject({ how: 'upstream', result: 'upstream' });
  expect(ended.said).toMatch(
    /^Everything is where it was to be\. Whether ticket 3 of .* is sealed as done is not known: no/,
  );
  expect(world.live).toEqual(['2']);
  expect((await world.ledger()).open).toMatchObject([{ number: '3', left: 'failed' }]);
  expect(world.warned.join()).toContain('Ticket 3 is left as it stands.');
  expect(await world.run('promote 2')).toMatchObject({ how: 'promoted' });
});

test('a seal that was written without an answer is not left', async () => {
  const world = await live();
  const ended = await world.run('promote 2', {
    fate: (name) => (name === SEAL ? 'reply lost' : 'fine'),
  });
  expect(ended).toMatchObject({ how: 'upstream' });
  expect(world.warned).toEqual([]);
  expect((await world.ledger()).open).toEqual([]);
  expect(await world.run('promote 2')).toMatchObject({ how: 'unchanged' });
});

test('a look after the seal that fails: it is done, with a warning', async () => {
  const world = await live();
  let isSealed = false;
  const ended = await world.run('promote 2', {
    refusal: (name) => {
      if (isSealed && name === 'versions') return unanswered();
      isSealed ||= name === SEAL;
      return undefined;
    },
  });
  expect(ended).toMatchObject({ how: 'promoted', result: 'done' });
  expect(world.warned).toEqual([
    expect.stringMatching(
      /Ticket 3 of .* is sealed as done, but could not be looked at afterwards/,
    ),
  ]);
  const { sealed } = (await world.ledger()).history({ environment: ENVIRONMENT });
  expect(told(sealed).at(-1)).toBe('1 > 2 done');
});
