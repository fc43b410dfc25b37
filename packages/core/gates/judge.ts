import { originText } from '../evidence/evidence.ts';
import type { Measured } from '../evidence/measured.ts';
import { holds, marginOf, shortfall } from './compare.ts';
import { compute, type Known, type Result } from './compute.ts';
import type { Evidence, Look } from './evidence.ts';
import type { Gate, MetricName } from './gate.ts';
import { metricText } from './metric-text.ts';
import { misread } from './misread.ts';
import { namedIn } from './named-in.ts';
import { shown } from './odd-name.ts';
import { unitReasons } from './units.ts';
import { isUsable } from './usable.ts';

/** A value that a gate was judged by. */
interface Used {
  readonly of: 'candidate' | 'champion';
  readonly measured: Measured;
}

/** What one gate came to. */
export interface Judged {
  readonly gate: Gate;
  readonly verdict: 'pass' | 'fail' | 'inconclusive' | 'not-applicable';
  /** The left side, as far as it could be computed. */
  readonly value?: number;
  /** The right side, likewise. */
  readonly bound?: number;
  /** How far the value is on the good side of the bound; negative when it fails. */
  readonly margin?: number;
  /** Why it did not pass. */
  readonly reasons: readonly string[];
  readonly used: readonly Used[];
}

/** What was found of the metrics that a gate names. */
interface Found {
  readonly used: Used[];
  readonly reasons: string[];
  readonly missing: MetricName[];
}

function find(
  of: Used['of'],
  names: readonly MetricName[],
  look: Look,
  { used, reasons, missing }: Found,
): ReadonlyMap<MetricName, number> {
  const values = new Map<MetricName, number>();
  for (const name of names) {
    const looked = look(name);
    if ('why' in looked) {
      reasons.push(looked.why);
      if (of === 'candidate') missing.push(name);
      continue;
    }
    const { measured } = looked;
    used.push({ of, measured });
    if (isUsable(measured.value)) values.set(name, measured.value);
    else {
      const value = Number.isNaN(measured.value) ? 'NaN' : 'infinite';
      const where = originText(measured.origin);
      reasons.push(
        `${shown(metricText(name))} of the ${of} is ${value} in ${where}, which is neither good nor bad enough.`,
      );
    }
  }
  return values;
}

function sideReasons(value: Result, bound: Result): string[] {
  const sides = [
    ['left', value],
    ['right', bound],
  ] as const;
  return sides.flatMap(([side, result]) =>
    typeof result === 'number' || result === 'unknown'
      ? []
      : [`The ${side} side ${result}, so that there is no number to compare.`],
  );
}

type Numbers = Pick<Judged, 'value' | 'bound' | 'margin'>;

const numbersIn = (value: Result, bound: Result): Numbers => ({
  ...(typeof value === 'number' && { value }),
  ...(typeof bound === 'number' && { bound }),
});

/** Judges one gate. Whatever has no sound number is inconclusive: never good enough, never bad enough. */
export function judge(gate: Gate, { candidate, champion }: Evidence): Judged {
  if (gate.champion.length > 0 && champion.kind !== 'version') {
    return { gate, verdict: 'not-applicable', reasons: [champion.why], used: [] };
  }
  const { comparison } = gate;
  const found: Found = { used: [], reasons: [], missing: [] };
  const onLeft = namedIn(gate.left);
  const known: Known = {
    candidate: find('candidate', gate.candidate, candidate, found),
    champion:
      champion.kind === 'version'
        ? find('champion', gate.champion, (name) => champion.look(name, onLeft), found)
        : new Map(),
  };
  const value = compute(gate.left, known);
  const bound = compute(gate.right, known);
  const told = [
    ...found.reasons,
    ...misread(gate, found.missing),
    ...unitReasons(gate, known),
    ...sideReasons(value, bound),
  ];
  const reasons = [...new Set(told)];
  const judged = { gate, used: found.used, ...numbersIn(value, bound) };
  if (typeof value !== 'number' || typeof bound !== 'number' || reasons.length > 0) {
    return { ...judged, verdict: 'inconclusive', reasons };
  }
  const margin = marginOf(value, comparison, bound);
  if (!isUsable(margin)) {
    const why = 'The two sides are too far from each other to say by how much they differ.';
    return { ...judged, verdict: 'inconclusive', reasons: [why] };
  }
  if (holds(value, comparison, bound)) return { ...judged, verdict: 'pass', margin, reasons };
  return {
    ...judged,
    verdict: 'fail',
    margin,
    reasons: [`${shortfall(value, comparison, bound)}.`],
  };
}
