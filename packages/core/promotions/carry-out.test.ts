import { describe, expect, test } from 'vitest';
import { LEASE, MODEL } from '../ledger/ledger.fixture.ts';
import { Claimed } from '../ledger/ledger.ts';
import { type Fate, LATE } from '../ledger/simulation.fixture.ts';
import { failure } from '../ledger/store.fixture.ts';
import type { End } from './carry-out.ts';
import type { Wish } from './next.ts';
import { moveOf } from './record.ts';
import { ALIAS, Shop } from './shop.fixture.ts';

const BEFORE = '1 Production None None';
const AFTER = '2 Archived Production None';

test('the steps are a stage to leave, a stage to fill, an alias to set', () => {
  expect(new Shop().steps.map(({ kind, before, after }) => [kind, before, after])).toEqual([
    ['left', 'None', 'Production'],
    ['stage', '1', '2'],
    ['alias', '1', '2'],
  ]);
});

test('all of it, in two writes, and one look more', async () => {
  const shop = new Shop();
  const { end, member } = await shop.move({});
  expect(end).toEqual({ outcome: 'done', strange: [], values: ['Production', '2', '2'] });
  expect(shop.stands).toBe(AFTER);
  const { calls } = member.process;
  expect(calls.filter((call) => ['moveToStage', 'setAlias'].includes(call))).toEqual([
    'moveToStage',
    'setAlias',
  ]);
  expect(calls.filter((call) => call === `model ${MODEL}`).length).toBeGreaterThanOrEqual(3);
});

const ALWAYS = Number.POSITIVE_INFINITY;

/** The server refuses this call, or the first so many of it. */
function refusing(wanted: string, most: number, error: Error) {
  let times = 0;
  return (name: string) => (name === wanted && times++ < most ? error : undefined);
}

describe('a step that is refused', () => {
  test.each([
    ['moveToStage', 'refused'],
    ['setAlias', 'refused'],
    ['setAlias', 'denied'],
    ['setAlias', 'unsupported'],
    ['moveToStage', 'missing'],
  ] as const)('%s, %s: all is put back, and why is told', async (call, reason) => {
    const shop = new Shop();
    const error = failure(reason);
    const { end } = await shop.move({ refusal: refusing(call, 1, error) });
    expect(end).toMatchObject({ outcome: 'put-back', strange: [], cause: error });
    expect(end.values).toEqual(['None', '1', '1']);
    expect(shop.stands).toBe(BEFORE);
  });

  test('when putting back is refused, too, it stops, and tells what stands and which refusal ended it', async () => {
    const shop = new Shop();
    const refusals = ['setAlias', 'moveToStage'];
    let moved = 0;
    const undo = failure('denied');
    const refusal = (name: string) => {
      if (name === 'moveToStage' && moved++ === 0) return undefined;
      return refusals.includes(name) ? undo : undefined;
    };
    const { end } = await shop.move({ refusal });
    expect(end).toMatchObject({ outcome: 'stopped', strange: [], cause: undo });
    expect(end.values).toEqual(['Production', '2', '1']);
    expect(shop.stands).toBe('1 Archived Production None');
  });

  test('somebody else came before it could be put back: it stops there, and tells both', async () => {
    const shop = new Shop();
    const error = failure('refused');
    const refusal = (name: string) => {
      if (name !== 'setAlias') return undefined;
      shop.byHand('alias', '3');
      return error;
    };
    const { end } = await shop.move({ refusal });
    expect(end).toMatchObject({ outcome: 'stopped', cause: error });
    expect(end.strange.map(({ step, value }) => [step.place, value])).toEqual([[ALIAS, '3']]);
    expect(shop.stands).toBe('3 Archived Production None');
  });
});

describe('what may pass is tried again', () => {
  test.each(['contended', 'unreachable'] as const)('%s', async (reason) => {
    const shop = new Shop();
    const { end } = await shop.move({ refusal: refusing('setAlias', 3, failure(reason)) });
    expect(end.outcome).toBe('done');
    expect(shop.stands).toBe(AFTER);
  });

  test.each(['contended', 'unreachable'] as const)(
    'a world that stays %s is left as it is, for whoever comes next',
    async (reason) => {
      const shop = new Shop();
      const error = failure(reason);
      await expect(shop.move({ refusal: refusing('setAlias', ALWAYS, error) })).rejects.toBe(error);
      expect(shop.stands).toBe('1 Archived Production None');
    },
  );

  test('a look that is refused is no refusal of a step', async () => {
    const shop = new Shop();
    const error = failure('denied');
    const member = shop.member();
    const held = await shop.held(member);
    const read = () => Promise.reject(error);
    await expect(shop.until(shop.carry(member, held, 'ahead', { read }))).rejects.toBe(error);
    expect(shop.stands).toBe(BEFORE);
  });
});

describe('an effect without a reply', () => {
  test.each<[string, Fate]>([
    ['moveToStage', 'reply lost'],
    ['moveToStage', 'never arrives'],
    ['setAlias', 'reply lost'],
    ['setAlias', 'never arrives'],
    ['setAlias', 'late'],
  ])('%s, %s: it is looked at, and carried on', async (call, fate) => {
    const shop = new Shop();
    let times = 0;
    const { end } = await shop.move({
      fate: (name) => (name === call && times++ === 0 ? fate : 'fine'),
    });
    expect(end.outcome).toBe('done');
    await shop.pass(LATE);
    expect(shop.stands).toBe(AFTER);
  });

  test('nothing is said before its deadline has passed', async () => {
    const shop = new Shop();
    let times = 0;
    let sent = 0;
    const { end } = await shop.move({
      fate: (name) => {
        if (name !== 'setAlias' || times++ > 0) return 'fine';
        sent = shop.simulation.time.now;
        return 'never arrives';
      },
    });
    expect(end.outcome).toBe('done');
    expect(shop.simulation.time.now - sent).toBeGreaterThanOrEqual(LEASE / 4);
  });
});

describe('somebody else’s value', () => {
  test.each([
    ['alias', '3 Production None None', [[ALIAS, '3']]],
    ['stage', '1 Archived None Production', [['Production', '3']]],
  ] as const)('%s, before anything is written: it survives', async (what, stands, strange) => {
    const shop = new Shop();
    const member = shop.member();
    const held = await shop.held(member);
    shop.byHand(what, '3');
    const end = await shop.until(shop.carry(member, held, 'ahead'));
    expect(end.outcome).toBe('stopped');
    expect(end.strange.map(({ step, value }) => [step.place, value])).toEqual(strange);
    expect(shop.stands).toBe(stands);
    expect(member.process.calls).not.toContain('setAlias');
    expect(member.process.calls).not.toContain('moveToStage');
  });

  test('that comes between two steps is seen by the look that goes with the next, and survives', async () => {
    const shop = new Shop();
    let hasMoved = false;
    const { end } = await shop.move({
      refusal: (name) => {
        if (name === 'moveToStage') hasMoved = true;
        if (name === `model ${MODEL}` && hasMoved) shop.byHand('alias', '3');
        return undefined;
      },
    });
    expect(end).toMatchObject({ outcome: 'stopped', strange: [{ value: '3' }] });
    expect(shop.stands).toBe('3 Archived Production None');
  });

  test('back goes over nobody either', async () => {
    const shop = new Shop();
    shop.byHand('alias', '3');
    shop.byHand('stage', '2');
    const { end } = await shop.move({}, 'back');
    expect(end).toMatchObject({ outcome: 'stopped', strange: [{ value: '3' }] });
    expect(shop.stands).toBe('3 Archived Production None');
  });
});

describe('broken off in the middle', () => {
  test('no new step once the signal has come; the ticket stays open and says why its holder went', async () => {
    const shop = new Shop();
    const ending = new AbortController();
    const reason = new Error('SIGTERM');
    const member = shop.member({
      refusal: (name) => {
        if (name === 'moveToStage') ending.abort(reason);
        return undefined;
      },
    });
    const held = await shop.held(member, { signal: ending.signal });
    await expect(shop.until(shop.carry(member, held, 'ahead'))).rejects.toBe(reason);
    await shop.until(held.letGo('SIGTERM'));
    expect(shop.stands).toBe('1 Archived Production None');
    const ticket = await shop.until(
      member.ledger.ticket(held.number, new AbortController().signal),
    );
    expect(ticket).toMatchObject({ left: 'SIGTERM' });
    expect(ticket?.outcome).toBeUndefined();
    expect(ticket && moveOf(ticket)?.steps).toEqual(shop.steps);
  });

  test('who was claimed meanwhile writes nothing more', async () => {
    const shop = new Shop();
    const member = shop.member();
    const held = await shop.held(member);
    member.process.stop(5 * LEASE);
    const other = shop.member({ actor: 'bob' });
    await shop.take(other, { answerFor: async () => ({ outcome: 'put-back', result: {} }) });
    const error = await shop.until(shop.carry(member, held, 'ahead')).catch((it: unknown) => it);
    expect(error).toBeInstanceOf(Claimed);
    expect(shop.stands).toBe(BEFORE);
  });

  test('who was stopped past the lease in the middle of a write finds out who has claimed it', async () => {
    const shop = new Shop();
    const member = shop.member({
      fate: (name) => {
        if (name !== 'moveToStage') return 'fine';
        member.process.stop(5 * LEASE);
        return 'reply lost';
      },
    });
    const held = await shop.held(member);
    const going = shop.carry(member, held, 'ahead').catch((it: unknown) => it);
    const other = shop.member({ actor: 'bob' });
    await shop.take(other, { answerFor: async () => ({ outcome: 'put-back', result: {} }) });
    const error = await shop.until(going);
    expect(error).toBeInstanceOf(Claimed);
    expect((error as Claimed).message).toContain('bob');
  });

  test.each<[Wish, string, string]>([
    ['ahead', 'done', AFTER],
    ['back', 'put-back', BEFORE],
    ['back-unless-there', 'put-back', BEFORE],
  ])('whoever goes on with the wish %s ends it as %s', async (wish, outcome, stands) => {
    const shop = new Shop();
    const error = failure('unreachable');
    await shop.move({ refusal: refusing('setAlias', ALWAYS, error) }).catch(() => undefined);
    expect(shop.stands).toBe('1 Archived Production None');
    const member = shop.member({ actor: 'bob' });
    let end: End | undefined;
    await shop.take(member, {
      answerFor: async (_, acting) => {
        end = await shop.carry(member, acting, wish);
        return { outcome: end.outcome, result: {} };
      },
    });
    expect(end?.outcome).toBe(outcome);
    expect(shop.stands).toBe(stands);
  });
});
