import { setTimeout as sleep } from 'node:timers/promises';
import { dice } from '@passmuster/core/ledger/simulation.fixture.ts';
import { goodBefore } from '@passmuster/core/promotions/live.ts';
import { openAt } from '../../ledger/contention/contend.ts';
import { type End, endOf, endProblems, type Ran } from './ends.ts';
import { liveIn, restProblems } from './judge.ts';
import { type Mover, startMover } from './movers.ts';
import type { Order } from './order.ts';
import {
  look,
  makeScene,
  newVersion,
  promotion,
  rollback,
  type Scene,
  type State,
} from './scene.ts';

/** How those ended that had begun together. */
export type Round = readonly (readonly [verb: Order['verb'], end: End])[];

/** Each mover carries out one order, all at once, or so many milliseconds after the first. */
async function together(
  scene: Scene,
  movers: readonly Mover[],
  orders: readonly (readonly [order: Order, late: number])[],
): Promise<Round> {
  const before = await look(scene);
  const all = await Promise.all(
    orders.map(async ([order, late], at): Promise<Ran> => {
      const mover = movers[at];
      if (mover === undefined) throw new Error('there are more orders than movers');
      await sleep(late);
      return { who: mover.who, order, told: await mover.carryOut(order) };
    }),
  );
  const after = await look(scene);
  const problems = [...restProblems(after), ...endProblems(all, before, after)];
  if (problems.length > 0) throw new Error([...problems, ...all.map(shown)].join('\n'));
  return all.flatMap((ran) => {
    const end = endOf(ran, before, after);
    return end ? [[ran.order.verb, end] as const] : [];
  });
}

const shown = ({ who, order, told }: Ran): string =>
  `  ${who}: ${order.verb} ${JSON.stringify({ ...order.inputs, ...told })}`;

/** With nobody else about, which has to succeed. */
async function promoted(mover: Mover, order: Order): Promise<void> {
  const told = await mover.carryOut(order);
  if (told.outputs['outcome'] !== 'promoted') throw new Error(JSON.stringify({ order, told }));
}

/** What is in production, once there is something that a rollback could go back to. */
export async function withWayBack(scene: Scene, mover: Mover): Promise<State> {
  for (;;) {
    const state = await look(scene);
    const live = liveIn(state, 'production');
    if (goodBefore(state.histories.production, live).length > 0) return state;
    await promoted(mover, promotion(scene, 'production', await newVersion(scene)));
  }
}

/** A race over many rounds. */
export interface Race {
  readonly title: string;
  readonly movers: readonly string[];
  /** Whether a version has to be in staging first. */
  readonly isAfterStaging: boolean;
  round(scene: Scene, movers: readonly [Mover, ...Mover[]], chance: () => number): Promise<Round>;
}

/** A rollback asks more before it takes its ticket: beside it, promotions would always come first. */
const HEAD_START_MS = 400;

const pulledApart: Race = {
  title: 'two promotions and a rollback of what is live',
  movers: ['ada', 'bob', 'eve'],
  isAfterStaging: false,
  async round(scene, movers, chance) {
    const late = chance() < 0.5 ? 0 : chance() * HEAD_START_MS;
    const live = liveIn(await withWayBack(scene, movers[0]), 'production');
    return together(scene, movers, [
      [promotion(scene, 'production', await newVersion(scene)), late],
      [promotion(scene, 'production', await newVersion(scene)), late],
      [rollback(scene, 'production', live), 0],
    ]);
  },
};

/** Bare MLflow may end that with nothing in Production: the one archives what the other moves on. */
const passedOn: Race = {
  title: 'a version goes on from staging while the next one comes',
  movers: ['kim', 'lee'],
  isAfterStaging: true,
  async round(scene, movers) {
    let staged = liveIn(await look(scene), 'staging');
    if (staged === '') {
      staged = await newVersion(scene);
      await promoted(movers[0], promotion(scene, 'staging', staged));
    }
    const next = await newVersion(scene);
    const round = await together(scene, movers, [
      [promotion(scene, 'production', staged), 0],
      [promotion(scene, 'staging', next), 0],
    ]);
    // They want different places: nobody is in anybody's way.
    if (round.some(([, end]) => end !== 'moved')) throw new Error(JSON.stringify(round));
    return round;
  },
};

export const RACES = [pulledApart, passedOn];

const ROUNDS_A_MODEL = 10;

/** So many rounds; now and then with another model, for a history is read as a whole. */
export async function race(
  { title, movers: names, isAfterStaging, round }: Race,
  { many, seed, ...where }: Racecourse,
): Promise<string> {
  const { folder } = where;
  const chance = dice(seed);
  const [first, ...others] = await Promise.all(
    names.map((who) => startMover({ who, isElsewhere: false, folder })),
  );
  if (first === undefined) throw new Error('nobody races');
  const counts = new Map<string, number>();
  let scene: Scene | undefined;
  for (let at = 0; at < many; at++) {
    if (scene === undefined || at % ROUNDS_A_MODEL === 0) {
      await scene?.registry.close();
      // A registry works for one run of a verb, which is not longer than ten minutes; this is.
      const registry = await openAt(where.address);
      scene = await makeScene(
        { ...where, registry },
        { model: `${first.who}-${at}`, isAfterStaging },
      );
    }
    for (const [verb, end] of await round(scene, [first, ...others], chance)) {
      const what = `${verb} ${end}`;
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
  }
  await scene?.registry.close();
  await Promise.all([first, ...others].map((mover) => mover.end()));
  const ends = [...counts].sort().map(([what, times]) => `${what} ${times}`);
  return `${title}, ${many} rounds, one live after each: ${ends.join(', ')}`;
}

interface Racecourse extends Pick<Scene, 'address'> {
  readonly folder: string;
  readonly many: number;
  readonly seed: number;
}
