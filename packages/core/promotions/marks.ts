import type { ModelVersion, Stage } from '../registry/entities.ts';
import { byNumber } from '../versions/registry-number.ts';
import type { Step, Way } from './step.ts';

/** What a registry says of a model, as far as it tells what is live where. */
export interface Marks {
  /** The number that each alias stands at. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly versions: readonly ModelVersion[];
}

/** Where a move is to lead in the registry; each only where the server and the environment have it. */
export interface Target {
  readonly number: string;
  readonly stage?: Stage;
  readonly alias?: string;
  /** A stage that whoever is there has to leave, though the target does not come into it. */
  readonly emptied?: Stage;
}

/** The numbers in a stage, the lowest first. */
export const numbersIn = (stage: string, { versions }: Marks): string =>
  versions
    .filter((version) => version.stage === stage)
    .map(({ number }) => number)
    .sort(byNumber)
    .join(' ');

const stageOf = (number: string, { versions }: Marks): string =>
  versions.find((version) => version.number === number)?.stage ?? 'deleted';

/** The alias at `place`; its value is a number, or empty. */
export const ALIAS = 'alias';
/** The stage at `place`; its value are the numbers in it. */
export const STAGE = 'stage';
/** The stage that the number at `place` comes from; it is left by the very call that fills the other. */
export const LEFT = 'left';

const isStage = (kind: string): boolean => kind === STAGE || kind === LEFT;

export const isOfRegistry = ({ kind }: Step): boolean => kind === ALIAS || isStage(kind);

/** What stands at a place, whatever a move wants there. */
export function standing({ kind, place }: Pick<Step, 'kind' | 'place'>, marks: Marks): string {
  if (kind === ALIAS) return marks.aliases.get(place) ?? '';
  return kind === STAGE ? numbersIn(place, marks) : stageOf(place, marks);
}

/** What has to change so that the target is there, in the order in which it is done. */
export function stepsTo({ number, stage, alias, emptied }: Target, marks: Marks): Step[] {
  const steps: Step[] = [];
  const change = (kind: string, place: string, after: string): void => {
    const before = standing({ kind, place }, marks);
    if (before !== after) steps.push({ kind, place, before, after });
  };
  if (stage !== undefined && numbersIn(stage, marks) !== number) {
    // Who comes back from the archive is archived again by the way back itself.
    if (stageOf(number, marks) !== 'Archived') change(LEFT, number, stage);
    change(STAGE, stage, number);
  }
  if (emptied !== undefined) change(STAGE, emptied, '');
  if (alias !== undefined) change(ALIAS, alias, number);
  return steps;
}

/** The alias and the stage that say so of a number once the steps are done, of those that an environment has. */
export function markedBy<Places extends { readonly alias?: string; readonly stage?: string }>(
  { alias, stage }: Places,
  number: string,
  steps: readonly Step[],
  marks: Marks,
): Pick<Places, 'alias' | 'stage'> {
  const says = (kind: string, place: string): boolean => {
    const step = steps.find((one) => one.kind === kind && one.place === place);
    return (step?.after ?? standing({ kind, place }, marks)) === number;
  };
  return {
    ...(alias !== undefined && says(ALIAS, alias) && { alias }),
    ...(stage !== undefined && says(STAGE, stage) && { stage }),
  };
}

/** One call to the registry. */
export type Write =
  | {
      readonly do: 'stage';
      readonly number: string;
      readonly stage: Stage;
      readonly archiveOthers: boolean;
    }
  | { readonly do: 'alias'; readonly alias: string; readonly number: string }
  | { readonly do: 'unset'; readonly alias: string };

const toStage = (number: string, stage: string, archiveOthers: boolean): Write => ({
  do: 'stage',
  number,
  stage: stage as Stage,
  archiveOthers,
});

/** The call that carries a step out. */
export function writeOf({ kind, place, before, after }: Step, way: Way): Write {
  const goal = way === 'forward' ? after : before;
  if (kind === ALIAS) {
    return goal === ''
      ? { do: 'unset', alias: place }
      : { do: 'alias', alias: place, number: goal };
  }
  if (kind === LEFT) return toStage(place, goal, way === 'forward');
  // Where nobody is to be, whoever is there has only to leave.
  if (goal !== '') return toStage(goal, place, true);
  return toStage(way === 'forward' ? before : after, 'Archived', false);
}

/** Versions that were archived together with the move, and that it did not count on. */
export function displacedBy({ steps, marks }: { steps: readonly Step[]; marks: Marks }): string[] {
  return steps.flatMap(({ kind, before, after }) => {
    const moved =
      kind === STAGE ? marks.versions.find(({ number }) => number === after) : undefined;
    if (moved === undefined) return [];
    // On the way back it is the one that came which is archived.
    const expected = [after, ...before.split(' ')];
    return marks.versions
      .filter(({ stage, updated }) => stage === 'Archived' && updated === moved.updated)
      .map(({ number }) => number)
      .filter((number) => !expected.includes(number));
  });
}
