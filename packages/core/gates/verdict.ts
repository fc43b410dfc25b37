import type { Judged } from './judge.ts';
import { isWaived, type Ruled } from './waivers.ts';

export type Verdict = 'pass' | 'fail' | 'inconclusive';

/** Whether a gate has a say: it is no warning, and not waived. */
const counts = (one: Ruled): boolean => one.gate.level === 'fail' && !isWaived(one);

/**
 * What gates come to together. It is a pass only when every gate that is no warning passed or was
 * not applicable, and at least one passed: nothing that was not judged is good enough. A waived gate
 * stands in nobody's way, and is no pass either.
 */
export function verdictOf(judged: readonly Ruled[]): Verdict {
  const verdicts = new Set<Judged['verdict']>(judged.filter(counts).map(({ verdict }) => verdict));
  if (verdicts.has('fail')) return 'fail';
  return verdicts.has('pass') && !verdicts.has('inconclusive') ? 'pass' : 'inconclusive';
}
