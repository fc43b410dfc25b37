import { metricKey } from '@passmuster/core/evidence/evidence.ts';
import type { Judgement } from '@passmuster/core/gates/judgement.ts';
import { type Verdict, verdictOf } from '@passmuster/core/gates/verdict.ts';
import { isWaived, type Ruled } from '@passmuster/core/gates/waivers.ts';
import type { Inputs } from './ports.ts';
import type { Rules } from './rules.ts';
import type { Side } from './sides.ts';
import type { Subject, Subjects } from './subjects.ts';

/** All that there is to tell of one run. */
export interface Told {
  readonly inputs: Inputs;
  readonly rules: Rules;
  readonly subjects: Subjects;
  readonly sides: { readonly candidate: Side; readonly champion: Side };
  readonly judgement: Judgement;
  /** The address of the registry, where one was asked. */
  readonly registry?: string | undefined;
}

/** What must be seen first comes first: what stands in the way, what is waived, then what only warns. */
const ORDER = ['fail fail', 'fail inconclusive', 'waived', 'warn fail', 'warn inconclusive'];

function rank(one: Ruled): number {
  const { verdict, gate } = one;
  const at = ORDER.indexOf(isWaived(one) ? 'waived' : `${gate.level} ${verdict}`);
  if (at >= 0) return at;
  return ORDER.length + (verdict === 'pass' ? 0 : 1);
}

export const byUrgency = ({ judgement }: Pick<Told, 'judgement'>): readonly Ruled[] =>
  judgement.judged.toSorted((a, b) => rank(a) - rank(b));

type Rulings = Pick<Told, 'rules' | 'judgement'>;

/** Gates that somebody has agreed to. */
export const inForce = ({ judgement, rules }: Rulings): readonly Ruled[] =>
  judgement.judged.filter(({ gate }) => rules.isInForce(gate));

/** What the verdict goes by: gates in force or, as long as there is none, those that are proposed. */
export function decisive(told: Rulings): readonly Ruled[] {
  const judged = inForce(told);
  return judged.length > 0 ? judged : told.judgement.judged;
}

/** The verdict. Without a gate in force it is never a pass: whoever proposes gates would choose it. */
export function verdictIn(told: Rulings): Verdict {
  const verdict = verdictOf(decisive(told));
  return verdict === 'pass' && inForce(told).length === 0 ? 'inconclusive' : verdict;
}

/** Whether a gate has nothing against the candidate. */
export const isIn = (verdict: Ruled['verdict']): boolean =>
  verdict === 'pass' || verdict === 'not-applicable';

/** Whether a gate can stop the job: it is no warning, somebody has agreed to it, and nobody waives it. */
export const counts = ({ rules }: Pick<Told, 'rules'>, one: Ruled): boolean =>
  one.gate.level === 'fail' && rules.isInForce(one.gate) && !isWaived(one);

/** Why a gate that did not pass stops nothing; nothing where it stops the job. */
export function pardonOf(
  { inputs, rules }: Pick<Told, 'inputs' | 'rules'>,
  one: Ruled,
): string | undefined {
  const { gate, verdict } = one;
  if (gate.level === 'warn') return 'Only a warning.';
  if (isWaived(one)) return 'Waived for now.';
  if (!rules.isInForce(gate)) return 'Not yet in force.';
  const isLenient = verdict === 'inconclusive' && inputs['on-inconclusive'] === 'warn';
  return isLenient ? '`on-inconclusive` is `warn`.' : undefined;
}

/** Gates that stop the job. */
export const standingInTheWay = (told: Told): readonly Ruled[] =>
  byUrgency(told).filter((judged) => !isIn(judged.verdict) && pardonOf(told, judged) === undefined);

/** Why a number that a gate was judged by is not proven to speak of its version. */
export function unboundOf(
  { sides }: Pick<Told, 'sides'>,
  { of, measured }: Ruled['used'][number],
): string | undefined {
  const known = sides[of].evidence.get(metricKey(measured.metric, measured.slice));
  return known?.kind === 'measured' ? known.unbound : undefined;
}

export const nameOf = ({ sealed }: Partial<Subject>): string => sealed?.identifier ?? '';

export const championNumber = ({ champion, candidate }: Subjects): string => {
  if (champion?.kind === 'version') return champion.version.number;
  return champion?.kind === 'itself' ? (candidate?.version.number ?? '') : '';
};

/** Whether the job fails, by the gates in force alone. Where there is none, it is only warned. */
export function isRefused(told: Rulings & Pick<Told, 'inputs'>): boolean {
  const judged = inForce(told);
  const verdict = verdictOf(judged);
  if (verdict !== 'inconclusive') return verdict === 'fail';
  const asked = told.inputs['on-inconclusive'];
  return judged.length === 0 ? asked === 'fail' : asked !== 'warn';
}
