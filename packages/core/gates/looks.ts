import { compared } from '../evidence/comparable.ts';
import { type Evidence as Known, metricKey, originText } from '../evidence/evidence.ts';
import type { Measured } from '../evidence/measured.ts';
import { nearest } from '../suggest.ts';
import type { ChampionLook, Look } from './evidence.ts';
import type { Gate, MetricName } from './gate.ts';
import { metricText } from './metric-text.ts';
import { namedIn } from './named-in.ts';
import { shown } from './odd-name.ts';

type Of = 'candidate' | 'champion';

/** More names than this are not searched for one that was meant. */
const MOST_NAMES = 2_000;
const MOST_TOLD = 5;

/** What a gate would have to be called to mean a metric that there is. */
function namesIn(known: Known): string[] {
  return [...known.values()].slice(0, MOST_NAMES).map(metricText);
}

function missing(name: MetricName, of: Of, known: Known): string {
  const written = metricText(name);
  const names = namesIn(known);
  const meant = nearest(written, names);
  const told = names.slice(0, MOST_TOLD).map(shown).join(', ');
  const more = names.length > MOST_TOLD ? ` and ${names.length - MOST_TOLD} more` : '';
  const there =
    names.length === 0
      ? 'no metric was found at all.'
      : meant !== undefined
        ? `did you mean ${shown(meant)}?`
        : `there are ${told}${more}.`;
  return `The ${of} has no metric ${shown(written)}: ${there}`;
}

/** What one side has under a name, or why it does not count. */
export const lookIn =
  (of: Of, known: Known, mustBeBound: boolean): Look =>
  (name) => {
    const found = known.get(metricKey(name.metric, name.slice));
    if (found === undefined) return { why: missing(name, of, known) };
    const written = shown(metricText(name));
    if (found.kind !== 'measured') return { why: `${written} of the ${of}: ${found.says}.` };
    const { measured, unbound } = found;
    if (unbound === undefined || !mustBeBound) return { measured };
    const where = originText(measured.origin);
    return { why: `${written} of the ${of}, in ${where}, is unbound: ${unbound}.` };
  };

const isNamed = (name: MetricName, { metric, slice }: MetricName): boolean =>
  name.metric === metric && name.slice === slice;

/** What a value of the champion is held against: the same metric if it stands on the left, else all that does. */
function heldAgainst(name: MetricName, onLeft: readonly MetricName[]): readonly MetricName[] {
  const same = onLeft.filter((one) => isNamed(one, name));
  return same.length > 0 ? same : onLeft;
}

/** Of the champion's value and each one that it is held against, the worst. */
function worst(ours: readonly Measured[], theirs: Measured): ReturnType<typeof compared> {
  const all = ours.map((one) => compared(one, theirs));
  return (
    all.find(({ kind }) => kind === 'different') ??
    all.find(({ kind }) => kind === 'unproven') ??
    all[0] ?? { kind: 'unproven', says: 'the candidate has no value to compare it with' }
  );
}

/** The champion's side, as far as it was measured like what the gate holds it against. */
export const lookAlike =
  (candidate: Look, champion: Look, mustBeProven: boolean): ChampionLook =>
  (name, onLeft) => {
    const theirs = champion(name);
    if ('why' in theirs) return theirs;
    const ours = heldAgainst(name, onLeft).map(candidate);
    const there = ours.flatMap((one) => ('measured' in one ? [one.measured] : []));
    const comparison = worst(there, theirs.measured);
    const written = shown(metricText(name));
    if (comparison.kind === 'different') {
      return { why: `${written} is not comparable: ${comparison.says}.` };
    }
    if (comparison.kind === 'unproven' && mustBeProven) {
      return { why: `${written} is not proven to be comparable: ${comparison.says}.` };
    }
    return theirs;
  };

interface Used {
  readonly of: Of;
  readonly measured: Measured;
}

/** What is not proven about a comparison that was made all the same. */
export function unprovenIn(gate: Gate, used: readonly Used[]): string | undefined {
  const onLeft = namedIn(gate.left);
  for (const { of, measured: theirs } of used) {
    if (of !== 'champion') continue;
    const names = heldAgainst(theirs, onLeft);
    const ours = used.filter(
      (one) => one.of === 'candidate' && names.some((name) => isNamed(name, one.measured)),
    );
    const comparison = worst(
      ours.map(({ measured }) => measured),
      theirs,
    );
    if (comparison.kind === 'unproven') return `not proven comparable: ${comparison.says}`;
  }
  return undefined;
}
