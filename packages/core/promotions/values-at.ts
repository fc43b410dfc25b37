import { LEFT, type Marks, numbersIn, STAGE, standing } from './marks.ts';
import type { Step, Values } from './step.ts';

/** The stages that have room for one. */
const FOR_ONE: readonly string[] = ['Staging', 'Production'];

/**
 * Whether a number that is archived was archived by our own way back: by the call that has brought back who was
 * in the stage before, so not after that one came. A hand that archives it before it has moved does so later.
 *
 * Where nobody was there before, our way back archives it alone, and nothing tells that from a hand: it counts as
 * ours, for else a way back that was broken off there could be ended by nobody.
 */
function isOnItsWayBack({ place, after }: Step, steps: readonly Step[], marks: Marks): boolean {
  const filled = steps.find((step) => step.kind === STAGE && step.place === after);
  if (filled === undefined || numbersIn(after, marks) !== filled.before) return false;
  if (filled.before === '') return true;
  const [gone, back] = [place, filled.before].map((number) =>
    marks.versions.find((version) => version.number === number),
  );
  return gone !== undefined && back !== undefined && gone.updated <= back.updated;
}

/**
 * The stage of a number that leaves it. Half-way back it is archived, and has left it, too; unless somebody else
 * has taken its place there meanwhile, beside whom it must not be put.
 */
function leftAt(step: Step, steps: readonly Step[], marks: Marks): string {
  const { before, after } = step;
  const stage = standing(step, marks);
  if (stage !== 'Archived' || before === stage || !isOnItsWayBack(step, steps, marks)) return stage;
  const others = FOR_ONE.includes(before) ? numbersIn(before, marks) : '';
  return others === '' ? after : `${stage}, with ${others} in ${before}`;
}

/** What stands at the places of the steps of one move in the registry. */
export const valuesAt = (steps: readonly Step[], marks: Marks): Values =>
  steps.map((step) => (step.kind === LEFT ? leftAt(step, steps, marks) : standing(step, marks)));
