import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import { hasMoved, recordedBy } from '@passmuster/core/promotions/live.ts';
import { numbersIn } from '@passmuster/core/promotions/marks.ts';
import { moveOf } from '@passmuster/core/promotions/record.ts';
import { ENVIRONMENTS, type Environment, type State } from './scene.ts';

/** The number of the version that an environment has by its ledger; empty where there is none. */
export const liveIn = ({ histories }: State, environment: Environment): string =>
  recordedBy(histories[environment].at(-1))?.party?.number ?? '';

/** Each move begins where the one before it ended, and says so. */
function linearProblems(environment: Environment, sealed: readonly Ticket[]): string[] {
  let [live, by] = ['', undefined as string | undefined];
  return sealed.flatMap((ticket) => {
    const { from, to } = moveOf(ticket) ?? {};
    const is = `${from?.number ?? ''} by ${from?.ticket}`;
    const should = `${live} by ${by}`;
    if (hasMoved(ticket.outcome)) [live, by] = [to?.number ?? '', ticket.number];
    return is === should
      ? []
      : [`${environment}: ticket ${ticket.number} begins with ${is}, where ${should} was`];
  });
}

const LIVE = Object.values(ENVIRONMENTS).map(({ stage }) => stage as string);

/** Alias and stage say what the last record says; a version may have gone on to the other stage. */
function placeProblems(environment: Environment, state: State): string[] {
  const { stage, alias } = ENVIRONMENTS[environment];
  const live = liveIn(state, environment);
  const aliased = state.marks.aliases.get(alias) ?? '';
  const staged = numbersIn(stage, state.marks);
  const version = state.marks.versions.find(({ number }) => number === live);
  const hasGoneOn =
    version !== undefined && version.stage !== stage && LIVE.includes(version.stage);
  const isThere = staged === live || (staged === '' && hasGoneOn);
  return isThere && aliased === live
    ? []
    : [`${environment}: by the ledger ${live}, by the alias ${aliased}, in the stage ${staged}`];
}

/** What must hold whenever nobody moves anything: one version live, one history, and the world is its end. */
export function restProblems(state: State): string[] {
  const names = Object.keys(ENVIRONMENTS) as Environment[];
  return [
    ...state.problems,
    ...state.open.map(({ number }) => `ticket ${number} is still open`),
    ...names.flatMap((name) => [
      ...linearProblems(name, state.histories[name]),
      ...placeProblems(name, state),
    ]),
  ];
}

/** What was sealed between two looks. */
export const sealedSince = (before: State, after: State, environment: Environment): Ticket[] =>
  after.histories[environment].slice(before.histories[environment].length);
