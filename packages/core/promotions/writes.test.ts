import { describe, expect, test } from 'vitest';
import { MODEL } from '../ledger/ledger.fixture.ts';
import { failure } from '../ledger/store.fixture.ts';
import type { Wish } from './next.ts';
import { registryPlaces } from './registry-places.ts';
import { ALIAS, Shop } from './shop.fixture.ts';

describe('what is set back each time', () => {
  test.each<[Wish, string, string]>([
    ['ahead', '1', '1 Archived Production None'],
    ['back', '2', '2 Archived Production None'],
  ])('is not written for ever: %s', async (wish, value, stands) => {
    const shop = new Shop();
    if (wish === 'back') {
      shop.byHand('alias', '2');
      shop.byHand('stage', '2');
    }
    const { end, member } = await shop.move(
      {
        refusal: (name) => {
          if (name === `model ${MODEL}`) shop.byHand('alias', value);
          return undefined;
        },
      },
      wish,
    );
    expect(end).toMatchObject({ outcome: 'stopped', strange: [{ step: { place: ALIAS }, value }] });
    expect(end.cause?.message).toMatch(/The alias "champion" was set back 5 times: .* "\d" stood/);
    expect(member.process.calls.filter((call) => call === 'setAlias')).toHaveLength(5);
    shop.byHand('alias', value);
    expect(shop.stands).toBe(stands);
  });

  test('what had been refused before is told, too', async () => {
    const shop = new Shop();
    let isRefused = false;
    const { end } = await shop.move({
      refusal: (name) => {
        if (name === 'setAlias') isRefused = true;
        if (isRefused && name === `versions ${MODEL}`) shop.byHand('stage', '2');
        return name === 'setAlias' ? failure('denied') : undefined;
      },
    });
    expect(end).toMatchObject({ outcome: 'stopped', strange: [{ value: '2' }] });
    expect(end.cause?.problems).toHaveLength(2);
  });

  test('an old copy that becomes a new one is waited for', async () => {
    const shop = new Shop();
    const member = shop.member();
    const held = await shop.held(member);
    const places = registryPlaces(member.process.registry, MODEL);
    const began = shop.simulation.time.now;
    const read = async (...given: Parameters<typeof places.read>) => {
      const isOld = shop.simulation.time.now < began + 3_000;
      const values = await places.read(...given);
      return isOld ? ['None', '1', '1'] : values;
    };
    const end = await shop.until(shop.carry(member, held, 'ahead', { read }));
    expect(end.outcome).toBe('done');
    expect(shop.stands).toBe('2 Archived Production None');
  });
});
