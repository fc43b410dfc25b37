import type { Comparison } from './gate.ts';
import { apart, numberText } from './number-text.ts';

/**
 * What is nearer than this, relative to the larger of the two, is equal: 0.1 + 0.2 is 0.3 to a
 * person, and to `==`, `>=` and `>` alike. No evaluation measures as finely.
 */
const ROUNDING = 1e-12;

/** The sign of the difference, 0 where only rounding tells the two apart. */
function order(value: number, bound: number): -1 | 0 | 1 {
  const near = Math.abs(value - bound) <= ROUNDING * Math.max(Math.abs(value), Math.abs(bound));
  if (near) return 0;
  return value < bound ? -1 : 1;
}

const HOLDS: Record<Comparison, (order: -1 | 0 | 1) => boolean> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
};

export const holds = (value: number, comparison: Comparison, bound: number): boolean =>
  HOLDS[comparison](order(value, bound));

/** How far the value is on the good side, negative on the bad one; for `==` and `!=` how far above the bound. */
export function marginOf(value: number, comparison: Comparison, bound: number): number {
  if (order(value, bound) === 0) return 0;
  return comparison === '<' || comparison === '<=' ? bound - value : value - bound;
}

const MUST: Record<Comparison, string> = {
  '<': ' and must be below it',
  '<=': '',
  '>': ' and must be above it',
  '>=': '',
  '==': ' and must be equal to it',
  '!=': ' and must be another number',
};

/** Why a comparison does not hold: `0.8312 is 0.0188 below 0.85`. */
export function shortfall(value: number, comparison: Comparison, bound: number): string {
  const [shown, against] = apart(value, bound);
  const which = order(value, bound);
  if (which === 0) {
    const rounded = shown === against ? '' : ', but for rounding,';
    return `${shown} is equal to ${against}${rounded}${MUST[comparison]}`;
  }
  const distance = numberText(Math.abs(value - bound));
  const must = comparison === '==' ? MUST[comparison] : '';
  return `${shown} is ${distance} ${which < 0 ? 'below' : 'above'} ${against}${must}`;
}
