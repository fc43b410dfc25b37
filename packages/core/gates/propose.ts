import type { Measured } from '../evidence/measured.ts';
import { directionOf } from './direction.ts';
import { LONGEST_GATE } from './gate.ts';
import { metricText } from './metric-text.ts';
import { numberText } from './number-text.ts';
import { isUsable } from './usable.ts';

/** As many as a person reads and chooses from. */
const MOST = 20;
const DIGITS = 6;

/** Short, and never stricter than the value itself. */
function boundText(value: number, better: 'higher' | 'lower'): string {
  const bad = better === 'higher' ? -1 : 1;
  const isPassed = (bound: number) => (bound - value) * bad >= 0;
  const near = numberText(value);
  if (isPassed(Number(near))) return near;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - DIGITS);
  const next = numberText(Number(near) + bad * unit);
  return isPassed(Number(next)) ? next : String(value);
}

interface Told {
  readonly metric: string;
  readonly value: number;
  readonly better: 'higher' | 'lower';
}

/** As the left side of a gate, with room for a bound. */
const canBeWritten = (metric: string): boolean =>
  metric !== '' && metric.isWellFormed() && metricText({ metric }).length < LONGEST_GATE - 50;

/** What each metric has as its one value; a part of the data gets no gate that nobody asked for. */
function toldBy(measured: readonly Measured[]): Told[] {
  const values = new Map<string, Measured | undefined>();
  for (const one of measured) {
    const { metric, slice, value } = one;
    if (slice !== undefined) continue;
    const isOther = values.has(metric) && values.get(metric)?.value !== value;
    values.set(metric, isOther ? undefined : (values.get(metric) ?? one));
  }
  return [...values].flatMap(([metric, one]) => {
    const better = one?.better ?? directionOf(metric);
    if (one === undefined || better === undefined) return [];
    const written = isUsable(one.value) && canBeWritten(metric);
    return written ? [{ metric, value: one.value, better }] : [];
  });
}

/**
 * Gates to begin with, ready to paste: each metric as good as it is now, and the first one that
 * the champion has too no worse than the champion's.
 */
export function propose(candidate: readonly Measured[], champion: readonly Measured[]): string[] {
  const told = toldBy(candidate).slice(0, MOST);
  const lines = told.map(({ metric, value, better }) => {
    const comparison = better === 'higher' ? '>=' : '<=';
    return `${metricText({ metric })} ${comparison} ${boundText(value, better)}`;
  });
  const shared = toldBy(champion).map(({ metric }) => metric);
  const held = told.find(({ metric }) => shared.includes(metric));
  if (held === undefined) return lines;
  const comparison = held.better === 'higher' ? '>=' : '<=';
  return [...lines, `${metricText({ metric: held.metric })} ${comparison} champion`];
}
