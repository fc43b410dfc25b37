import { holds } from './compare.ts';
import { compute, type Known } from './compute.ts';
import type { Expression, Gate } from './gate.ts';
import { metricText } from './metric-text.ts';
import { metricsIn } from './named-in.ts';
import { numberText } from './number-text.ts';
import { shown } from './odd-name.ts';
import { isShare } from './shares.ts';

type Unit = 'percent' | 'fraction';

/** What a share seems to be in. Nothing and less are the same in both, and more is neither. */
function unitOf(value: number): Unit | undefined {
  if (value <= 0 || holds(value, '>', 100)) return undefined;
  return holds(value, '>', 1) ? 'percent' : 'fraction';
}

interface Share {
  /** `accuracy` of the candidate. */
  readonly what: string;
  readonly value: number;
}

function sharesIn(side: Expression, known: Known): Share[] {
  return metricsIn(side).flatMap(({ name, of }) => {
    const value = known[of].get(name);
    if (value === undefined || !isShare(name.metric)) return [];
    return [{ what: `${shown(metricText(name))} of the ${of}`, value }];
  });
}

const isChoice = (side: Expression): side is Extract<Expression, { kind: 'call' }> =>
  side.kind === 'call' && side.name !== 'abs';

/** Whether a side is in the unit of its metrics; half a point may be what is left of two in percent. */
const keepsUnit = (side: Expression): boolean =>
  side.kind === 'metric' ||
  side.kind === 'number' ||
  (isChoice(side) && side.values.every(keepsUnit));

/** The numbers that somebody wrote as a bound; not those that are added to one, or change it. */
function boundsIn(side: Expression, known: Known): number[] {
  if (isChoice(side)) return side.values.flatMap((value) => boundsIn(value, known));
  if (metricsIn(side).length > 0) return [];
  const value = compute(side, known);
  return typeof value === 'number' ? [value] : [];
}

const differ = (one: number, other: number): boolean => {
  const [unit, another] = [unitOf(one), unitOf(other)];
  return unit !== undefined && another !== undefined && unit !== another;
};

const SEEMS = 'one of the two seems to be in percent and the other a fraction';

const againstBound = ({ what, value }: Share, bound: number): string => {
  const so = unitOf(value) === 'percent' ? 'in percent' : 'as a fraction';
  return `${what} is ${numberText(value)}, and the gate has ${numberText(bound)}: ${SEEMS}. Log the metric in the unit of the gate, or write the gate ${so}.`;
};

const againstShare = (one: Share, other: Share): string =>
  `${one.what} is ${numberText(one.value)}, and ${other.what} is ${numberText(other.value)}: ${SEEMS}. Log both in one unit.`;

/** Percent held against a fraction proves nothing. Nobody knows which of the two is meant, so nothing is converted. */
export function unitReasons({ left, right }: Gate, known: Known): string[] {
  const bounds = keepsUnit(left) ? boundsIn(right, known) : [];
  // Most gates end here, before anybody looks at names.
  const units = [...known.candidate.values(), ...known.champion.values(), ...bounds].map(unitOf);
  if (!units.includes('percent') || !units.includes('fraction')) return [];
  const ours = sharesIn(left, known);
  const theirs = sharesIn(right, known);
  return ours.flatMap((share) => [
    ...bounds.filter((bound) => differ(share.value, bound)).map((one) => againstBound(share, one)),
    ...theirs
      .filter(({ value }) => differ(share.value, value))
      .map((one) => againstShare(share, one)),
  ]);
}
