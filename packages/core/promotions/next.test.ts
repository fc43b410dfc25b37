import { describe, expect, test } from 'vitest';
import { CONFIGMAP, RESTART } from '../cluster/steps.ts';
import { next, type Wish } from './next.ts';
import { type Step, standOf, type Values, type Way } from './step.ts';

const WISHES: readonly Wish[] = ['ahead', 'back-unless-there', 'back'];
const MOST = 4;

const steps = (many: number): Step[] =>
  Array.from({ length: many }, (_, at) => ({
    kind: 'alias',
    place: `place ${at}`,
    before: `before ${at}`,
    after: `after ${at}`,
  }));

/** All worlds that so many steps can find. */
function worlds(many: number): Values[] {
  if (many === 0) return [[]];
  const at = many - 1;
  return worlds(at).flatMap((values) =>
    [`before ${at}`, `after ${at}`, 'foreign'].map((value) => [...values, value]),
  );
}

const CASES = Array.from({ length: MOST + 1 }, (_, many) => many).flatMap((many) =>
  worlds(many).flatMap((values) => WISHES.map((wish) => ({ moves: steps(many), values, wish }))),
);

const isForeign = (moves: readonly Step[], values: Values): boolean =>
  moves.some((step, at) => standOf(step, values[at] ?? '') === 'foreign');

const whole = CASES.filter(({ moves, values }) => !isForeign(moves, values));

function write(moves: readonly Step[], values: Values, step: Step, way: Way): Values {
  return values.map((value, at) => {
    if (moves[at] !== step) return value;
    return way === 'forward' ? step.after : step.before;
  });
}

/** All that is done from here to the end, and what stands then. */
function carriedOut(moves: readonly Step[], from: Values, wish: Wish) {
  let values = from;
  const ways: Way[] = [];
  const places: string[] = [];
  for (;;) {
    const now = next(moves, values, wish);
    if (now.do !== 'step') return { now, values, ways, places };
    if (ways.length > moves.length) throw new Error('it does not end');
    ways.push(now.way);
    places.push(now.step.place);
    values = write(moves, values, now.step, now.way);
  }
}

test('all worlds of up to four places, and all wishes', () => {
  expect(CASES).toHaveLength(3 * (1 + 3 + 9 + 27 + 81));
  for (const { moves, values, wish } of CASES) {
    expect(['step', 'seal', 'stop']).toContain(next(moves, values, wish).do);
  }
});

test('wherever somebody else has put something nothing is written, and all of it is told', () => {
  for (const { moves, values, wish } of CASES) {
    const strange = moves.flatMap((step, at) =>
      values[at] === 'foreign' ? [{ step, value: 'foreign' }] : [],
    );
    if (strange.length === 0) continue;
    expect(next(moves, values, wish)).toEqual({ do: 'stop', strange });
  }
});

describe('elsewhere', () => {
  test('ahead ends with all of it, and never goes back', () => {
    for (const { moves, values } of whole.filter(({ wish }) => wish === 'ahead')) {
      const { now, values: end, ways } = carriedOut(moves, values, 'ahead');
      expect(now).toEqual({ do: 'seal', outcome: 'done' });
      expect(end).toEqual(moves.map(({ after }) => after));
      expect(ways).not.toContain('back');
    }
  });

  test('back ends with none of it, and never goes ahead', () => {
    for (const { moves, values } of whole.filter(({ wish }) => wish === 'back')) {
      const { now, values: end, ways } = carriedOut(moves, values, 'back');
      expect(now).toEqual({ do: 'seal', outcome: 'put-back' });
      expect(end).toEqual(moves.map(({ before }) => before));
      expect(ways).not.toContain('forward');
    }
  });

  test('back unless there is the one where all of it is there, else the other', () => {
    for (const { moves, values } of whole.filter(({ wish }) => wish === 'back-unless-there')) {
      const isThere = values.every((value, at) => value === moves[at]?.after);
      const other = carriedOut(moves, values, isThere ? 'ahead' : 'back');
      expect(carriedOut(moves, values, 'back-unless-there')).toEqual(other);
    }
  });

  test('ahead in the order of the steps, back against it, each once and none in vain', () => {
    for (const { moves, values, wish } of whole) {
      const { places, ways } = carriedOut(moves, values, wish);
      const [forward] = ways;
      const wrong = forward === 'forward' ? 'before' : 'after';
      const expected = moves
        .filter((step, at) => standOf(step, values[at] ?? '') === wrong)
        .map(({ place }) => place);
      const ordered = forward === 'forward' ? expected : expected.reverse();
      expect(places).toEqual(forward === undefined ? [] : ordered);
    }
  });

  test('whoever is broken off anywhere and turns round comes to the other end', () => {
    for (const { moves, values, wish } of whole) {
      const now = next(moves, values, wish);
      if (now.do !== 'step') continue;
      const turned = now.way === 'forward' ? 'back' : 'ahead';
      const { now: end } = carriedOut(moves, write(moves, values, now.step, now.way), turned);
      expect(end).toEqual({ do: 'seal', outcome: turned === 'ahead' ? 'done' : 'put-back' });
    }
  });
});

test('a value that is missing is none', () => {
  const [step] = steps(1);
  const unset = { ...step, before: '' } as Step;
  expect(next([unset], [], 'ahead')).toEqual({ do: 'step', step: unset, way: 'forward' });
});

describe('in a cluster', () => {
  const KINDS = ['stage', 'alias', CONFIGMAP, RESTART, RESTART];
  const moves = KINDS.map((kind, at) => ({
    ...{ kind, place: `place ${at}`, before: `before ${at}`, after: `after ${at}` },
  }));
  const all = worlds(KINDS.length).filter((values) => !isForeign(moves, values));
  const kindsOf = (places: readonly string[]) =>
    places.map((place) => moves.find((one) => one.place === place)?.kind);

  test('ahead, the registry comes first and those who read the ConfigMap last', () => {
    const { places } = carriedOut(
      moves,
      moves.map(({ before }) => before),
      'ahead',
    );
    expect(kindsOf(places)).toEqual(KINDS);
  });

  test('back, whoever starts anew finds what the ConfigMap said before, and the registry comes last', () => {
    expect(all).toHaveLength(2 ** KINDS.length);
    for (const values of all) {
      const { places, now, values: end } = carriedOut(moves, values, 'back');
      expect(now).toEqual({ do: 'seal', outcome: 'put-back' });
      expect(end).toEqual(moves.map(({ before }) => before));
      const wrong = moves.filter((step, at) => values[at] === step.after);
      const order = [CONFIGMAP, RESTART, 'alias', 'stage'];
      const expected = order.flatMap((kind) => wrong.filter((one) => one.kind === kind).reverse());
      expect(places).toEqual(expected.map(({ place }) => place));
    }
  });
});
