import type { Stage } from '../registry/entities.ts';
import { versionOf } from '../versions/looked.fixture.ts';
import { type Marks, numbersIn, type Target, type Write, writeOf } from './marks.ts';
import { type Next, next, type Wish } from './next.ts';
import type { Step } from './step.ts';
import { valuesAt } from './values-at.ts';

/** What MLflow holds of a model with three versions. */
export interface World {
  readonly stages: Readonly<Record<string, string>>;
  readonly alias: string;
  /** When each of them was last moved to a stage. */
  readonly updated?: Readonly<Record<string, number>>;
}

export const NUMBERS = ['1', '2', '3'];
const STAGES: readonly Stage[] = ['None', 'Staging', 'Production', 'Archived'];
export const ALIAS = 'champion';
export const LIVE: readonly string[] = ['Staging', 'Production'];
export const WISHES: readonly Wish[] = ['ahead', 'back-unless-there', 'back'];

export const toArchive = (number: string): Write => ({
  do: 'stage',
  number,
  stage: 'Archived',
  archiveOthers: false,
});

const WORLDS: readonly World[] = STAGES.flatMap((one) =>
  STAGES.flatMap((two) =>
    STAGES.flatMap((three) =>
      ['', ...NUMBERS].map((alias) => ({ stages: { 1: one, 2: two, 3: three }, alias })),
    ),
  ),
);

const TARGETS: readonly Target[] = NUMBERS.flatMap((number) => [
  { number, alias: ALIAS },
  ...(['Staging', 'Production'] as const).flatMap((stage) => [
    { number, stage },
    { number, stage, alias: ALIAS },
    { number, emptied: stage, alias: ALIAS },
  ]),
]);

export const marksOf = ({ stages, alias, updated = {} }: World): Marks => ({
  aliases: new Map(alias === '' ? [] : [[ALIAS, alias]]),
  versions: NUMBERS.map((number) => ({
    ...versionOf({ number, stage: stages[number] ?? '' }),
    updated: updated[number] ?? 0,
  })),
});

/** Without the times, which no way back brings back. */
export const shown = ({ stages, alias }: World): World => ({ stages, alias });

/** As MLflow: who comes to a stage leaves the other; archiving takes along all others there. */
export function written(world: World, write: Write): World {
  if (write.do === 'alias') return { ...world, alias: write.number };
  if (write.do === 'unset') return { ...world, alias: '' };
  const { number, stage, archiveOthers } = write;
  if (!NUMBERS.includes(number)) throw new Error(`there is no version ${number}`);
  if (archiveOthers && !LIVE.includes(stage)) throw new Error('refused');
  const after = (one: string, at: string | undefined): string => {
    if (one === number) return stage;
    return archiveOthers && at === stage ? 'Archived' : (at ?? '');
  };
  const stages = NUMBERS.map((one) => [one, after(one, world.stages[one])]);
  // All that one call changes it changes at one time.
  const { updated = {} } = world;
  const now = Math.max(0, ...Object.values(updated)) + 1;
  const isTouched = (one: string) =>
    one === number || after(one, world.stages[one]) !== world.stages[one];
  const touched = NUMBERS.filter(isTouched).map((one) => [one, now]);
  return {
    ...world,
    stages: Object.fromEntries(stages),
    updated: { ...updated, ...Object.fromEntries(touched) },
  };
}

export const nextIn = (steps: readonly Step[], world: World, wish: Wish): Next =>
  next(steps, valuesAt(steps, marksOf(world)), wish);

/** All worlds from this one to the end, this one first, and what is said then. */
export function course(steps: readonly Step[], from: World, wish: Wish) {
  const worlds = [from];
  for (let world = from; ; worlds.push(world)) {
    const end = nextIn(steps, world, wish);
    if (end.do !== 'step') return { worlds, end, last: world };
    if (worlds.length > steps.length + 1) throw new Error('it does not end');
    world = written(world, writeOf(end.step, end.way));
  }
}

/** The same of a course that nobody is in the way of. */
export function passed(steps: readonly Step[], from: World, wish: Wish): World[] {
  const { worlds, end, last } = course(steps, from, wish);
  if (end.do === 'stop') throw new Error(`stopped at ${JSON.stringify(last)}`);
  return worlds;
}

export const inStage = ({ stage, emptied }: Target, world: World): number => {
  const of = stage ?? emptied;
  return of === undefined ? 0 : numbersIn(of, marksOf(world)).split(' ').filter(Boolean).length;
};

/** Who is in a stage needs not empty it. */
export const CASES = WORLDS.flatMap((world) =>
  TARGETS.filter(({ number, emptied }) => emptied === undefined || world.stages[number] !== emptied)
    .filter((target) => target.emptied === undefined || inStage(target, world) <= 1)
    .map((target) => ({ world, target })),
);

const othersIn = (stage: string, { number }: Target, world: World): number =>
  LIVE.includes(stage)
    ? NUMBERS.filter((one) => one !== number && world.stages[one] === stage).length
    : 0;

/** Where the version comes from, if it is to come to a stage. */
export const originOf = ({ number, stage }: Target, world: World): string =>
  stage === undefined ? '' : (world.stages[number] ?? '');

/**
 * Those in which it can be told what is there; the others are refused before anything is planned. But for a
 * version that shares its stage with another one: that is where it cannot come back to.
 */
export const TELLING = CASES.filter(({ world, target }) => inStage(target, world) <= 1);
export const CLEAR = TELLING.filter(
  ({ world, target }) => othersIn(originOf(target, world), target, world) === 0,
);
