import { ledgerName } from '@passmuster/core/ledger/name.ts';
import { changeModel, changeVersion } from '@passmuster/core/ledger/store.fixture.ts';
import { deleteVersion, setAlias } from '@passmuster/core/ledger/store-marks.fixture.ts';
import { deleteModel } from '@passmuster/core/ledger/store-models.fixture.ts';
import { describe, expect, test } from 'vitest';
import { standing, told } from './truth.fixture.ts';
import { ALIAS, ENVIRONMENT, MODEL } from './wishes.fixture.ts';
import { SERVERS, World } from './world.fixture.ts';

const LEDGER = ledgerName(MODEL);

/** Versions 1 and 2 were promoted, by tickets 1 and 2. */
async function past(lacks: World['lacks'] = []): Promise<World> {
  const world = World.withVersions(lacks);
  for (const wish of ['promote 1', 'promote 2']) {
    expect(await world.run(wish)).toMatchObject({ how: 'promoted' });
  }
  return world;
}

/** What Python's client, or a person with it, can do to the tags of a version. */
function editTags(
  { store }: World,
  [model, number]: readonly [string, string],
  change: (tags: Map<string, string>) => unknown,
): void {
  changeVersion(store, model, number, ({ tags }) => {
    const changed = new Map(tags);
    change(changed);
    return { tags: changed };
  });
}

async function historyOf(world: World) {
  const { sealed, problems } = (await world.ledger()).history({ environment: ENVIRONMENT });
  return { told: told(sealed), problems };
}

describe.each(SERVERS)('on a server with %s', (_, lacks) => {
  test('what was live once may be deleted: its record stays, and the next goes through', async () => {
    const world = await past(lacks);
    deleteVersion(world.store, MODEL, '1');
    expect(await historyOf(world)).toEqual({ told: ['? > 1 done', '1 > 2 done'], problems: [] });
    expect(await world.run('promote 3')).toMatchObject({ how: 'promoted', from: '2' });
    expect(world.live).toEqual(['3']);
  });

  test('what is live is deleted: its record stays, and nothing is moved over what cannot be told', async () => {
    const world = await past(lacks);
    deleteVersion(world.store, MODEL, '2');
    expect(await historyOf(world)).toEqual({ told: ['? > 1 done', '1 > 2 done'], problems: [] });
    expect(standing(world, await world.ledger(), ENVIRONMENT)).toMatchObject({
      kind: 'unclear',
      says: expect.stringContaining('which has been deleted since'),
    });
    expect(await world.run('promote 3')).toMatchObject({ how: 'refused', result: 'conflict' });
  });

  test('an alias that stays behind a deleted version, as on MLflow 2, says the same', async () => {
    const world = await past(lacks);
    deleteVersion(world.store, MODEL, '2');
    changeModel(world.store, MODEL, { aliases: new Map([[ALIAS, '2']]) });
    expect(await world.run('promote 3')).toMatchObject({ how: 'refused', result: 'conflict' });
  });
});

const harmless: readonly (readonly [string, (world: World) => void])[] = [
  [
    'another tag on a ticket',
    (world) => editTags(world, [LEDGER, '1'], (tags) => tags.set('reviewed', 'yes')),
  ],
  [
    'the last sign of life of a ticket that has ended',
    (world) => editTags(world, [LEDGER, '2'], (tags) => tags.set('passmuster.renewed', '99')),
  ],
  [
    'the tag for people, taken away',
    (world) => editTags(world, [MODEL, '2'], (tags) => tags.delete('passmuster.moved.production')),
  ],
  [
    'the tag for people, made unreadable',
    (world) =>
      editTags(world, [MODEL, '2'], (tags) => tags.set('passmuster.moved.production', 'x')),
  ],
  [
    'another alias',
    (world) => world.has('aliases') && setAlias(world.store, MODEL, 'candidate', '4'),
  ],
  [
    'the description of the ledger',
    (world) => changeModel(world.store, LEDGER, { description: 'ours' }),
  ],
];

test.each(harmless)('what harms nothing is no problem: %s', async (_, edit) => {
  const world = await past();
  edit(world);
  expect((await historyOf(world)).problems).toEqual([]);
  expect(await world.run('promote 3')).toMatchObject({ how: 'promoted', from: '2' });
});

/** Another number in what stands in a tag. */
const falsify = (tag: string) => (tags: Map<string, string>) => {
  const value = tags.get(tag) ?? '';
  expect(value).toMatch(/"number":"\d"/);
  tags.set(tag, value.replace(/"number":"\d"/, '"number":"9"'));
};

const harmful: readonly (readonly [string, (world: World) => void, RegExp])[] = [
  [
    'an edited record',
    (world) => editTags(world, [LEDGER, '1'], falsify('passmuster.record')),
    /Version 1 .* has another `passmuster.record` than its digest says/,
  ],
  [
    'an edited outcome',
    (world) =>
      editTags(world, [LEDGER, '1'], (tags) => {
        const state = tags.get('passmuster.state') ?? '';
        tags.set('passmuster.state', state.replace(/^done/, 'put-back'));
      }),
    /was changed after it had been sealed/,
  ],
  [
    'an edited holder',
    (world) =>
      editTags(world, [LEDGER, '2'], (tags) => {
        const holder = tags.get('passmuster.holder') ?? '';
        tags.set('passmuster.holder', holder.replace('alice', 'mallory'));
      }),
    /was changed after it had been sealed/,
  ],
  [
    'a record without its tag',
    (world) => editTags(world, [LEDGER, '1'], (tags) => tags.delete('passmuster.record')),
    /was changed|record/,
  ],
  [
    'a missing ticket',
    (world) => deleteVersion(world.store, LEDGER, '1'),
    /Version 1 of the ledger is gone/,
  ],
  [
    'a cut-off end',
    (world) => deleteVersion(world.store, LEDGER, '2'),
    /ticket 2 was seen, and is not there/,
  ],
  [
    'no ledger any more',
    (world) => deleteModel(world.store, LEDGER),
    /missing or younger than it was/,
  ],
  [
    'a version that remembers another ticket than there is',
    (world) =>
      editTags(world, [MODEL, '2'], (tags) => {
        const text = tags.get('passmuster.moved.production') ?? '';
        tags.set('passmuster.moved.production', text.replace(/sha256:.{4}/, 'sha256:0000'));
      }),
    /Ticket 2 is not what it was when it was seen elsewhere/,
  ],
];

test.each(harmful)('what is broken shows, and nothing moves: %s', async (_, edit, says) => {
  const world = await past();
  edit(world);
  const { live } = world;
  for (const wish of ['promote 3', 'promote 2', 'promote 1']) {
    const ended = await world.run(wish);
    expect(ended.how).toBe('conflict');
    expect(ended.said).toMatch(says);
  }
  expect(world.live).toEqual(live);
});
