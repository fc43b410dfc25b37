import type { Feature } from '@passmuster/core/registry/registry.ts';
import type { Wish } from './wishes.fixture.ts';
import { World } from './world.fixture.ts';

/** Where a move begins, and what moves. */
export interface Scenario {
  readonly name: string;
  readonly start: World;
  /** What is live before. */
  readonly from: string;
  readonly wish: Wish;
  readonly to: string;
  /** Something else that somebody may want, and what is live then. */
  readonly others: readonly (readonly [wish: Wish, live: string | undefined])[];
}

const OTHERS = [
  ['promote 3', '3'],
  ['rollback', undefined],
] as const;

/** One after the other; each must have come through. */
async function moved(world: World, ...wishes: readonly Wish[]): Promise<World> {
  for (const wish of wishes) {
    const { how, said } = await world.run(wish);
    if (!['promoted', 'rolled-back'].includes(how)) throw new Error(`${wish}: ${how} ${said}`);
  }
  return world;
}

/** Version 1 was promoted after 5, and is on record. */
async function onRecord(lacks: readonly Feature[]): Promise<Scenario> {
  const start = await moved(World.withVersions(lacks), 'promote 5', 'promote 1');
  return { name: 'a promotion', start, from: '1', wish: 'promote 2', to: '2', others: OTHERS };
}

/** Version 1 was put there by hand; there is no ledger. */
async function byHand(lacks: readonly Feature[]): Promise<Scenario> {
  const start = World.withVersions(lacks);
  if (start.has('aliases')) start.byHand('alias', '1');
  if (start.has('stages')) start.byHand('stage', '1');
  return {
    name: 'the first promotion',
    start,
    from: '1',
    wish: 'promote 2',
    to: '2',
    others: OTHERS,
  };
}

/** Version 2 is in staging, and goes on from there: what bare MLflow may end with nothing in production. */
async function outOfStaging(lacks: readonly Feature[]): Promise<Scenario> {
  const start = World.withVersions(lacks, 'chained');
  await moved(start, 'stage 1', 'promote 1', 'stage 3', 'stage 2');
  const others = [...OTHERS, ['stage 4', undefined]] as const;
  return {
    name: 'a promotion out of staging',
    start,
    from: '1',
    wish: 'promote 2',
    to: '2',
    others,
  };
}

/** Version 2 is taken out, and 1 comes back. */
async function rollingBack(lacks: readonly Feature[]): Promise<Scenario> {
  const start = await moved(World.withVersions(lacks), 'promote 5', 'promote 1', 'promote 2');
  const others = [...OTHERS, ['again 2', '2'], ['rollback 1', undefined]] as const;
  return { name: 'a rollback', start, from: '2', wish: 'rollback 2', to: '1', others };
}

const ALL = [onRecord, byHand, outOfStaging, rollingBack];

/** All of them, on one server. */
export const scenarios = (lacks: readonly Feature[]): Promise<Scenario[]> =>
  Promise.all(ALL.map((make) => make(lacks)));

/** Those that all rounds try alone are left out of a tenth: they differ little from the others. */
export const isRepeated = ({ name }: Scenario): boolean =>
  !['a promotion', 'a rollback'].includes(name);
