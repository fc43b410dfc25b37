import { describe, expect, test } from 'vitest';
import { PassmusterError } from '../errors.ts';
import { Shop } from './shop.fixture.ts';
import type { Way } from './step.ts';
import { Unrecovered } from './unrecovered.ts';

const BEFORE = '1 Production None None';
const AFTER = '2 Archived Production None';

describe('what has to become live', () => {
  const notReady = new PassmusterError('upstream', [{ message: 'It did not become ready.' }]);

  /** Carried out, with what becomes of each wait. */
  async function waited(live: (way: Way, shop: Shop) => PassmusterError | undefined) {
    const shop = new Shop();
    const ways: Way[] = [];
    const member = shop.member({});
    const held = await shop.held(member);
    const wait = async (way: Way) => {
      ways.push(way);
      return live(way, shop);
    };
    const end = await shop.until(shop.carry(member, held, 'ahead', {}, wait));
    return { shop, ways, end };
  }

  test('is waited for once, when all of it is there', async () => {
    const { shop, ways, end } = await waited(() => undefined);
    expect(ways).toEqual(['forward']);
    expect(end).toMatchObject({ outcome: 'done' });
    expect(shop.stands).toBe(AFTER);
  });

  test('is put back where it does not, and that is waited for as well', async () => {
    const { shop, ways, end } = await waited((way) => (way === 'forward' ? notReady : undefined));
    expect(ways).toEqual(['forward', 'back']);
    expect(end).toMatchObject({ outcome: 'put-back', cause: notReady });
    expect(shop.stands).toBe(BEFORE);
  });

  test('that the way back did not become live either is told with why it went back', async () => {
    const { shop, end } = await waited(() => notReady);
    expect(end.outcome).toBe('put-back');
    expect(end.cause).toBeInstanceOf(Unrecovered);
    expect(shop.stands).toBe(BEFORE);
  });

  test('what a hand sets back meanwhile is written again, and waited for again', async () => {
    let isFirst = true;
    const { shop, ways, end } = await waited((_, world) => {
      if (isFirst) world.byHand('alias', '1');
      isFirst = false;
      return undefined;
    });
    expect(ways).toEqual(['forward', 'forward']);
    expect(end.outcome).toBe('done');
    expect(shop.stands).toBe(AFTER);
  });
});
