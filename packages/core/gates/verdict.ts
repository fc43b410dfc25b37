import type { Judged } from './judge.ts';

type Verdict = 'pass' | 'fail' | 'inconclusive';

/**
 * What gates come to together. It is a pass only when every gate that is no warning passed or was
 * not applicable, and at least one passed: nothing that was not judged is good enough.
 */
export function verdictOf(judged: readonly Judged[]): Verdict {
  const counting = judged.filter(({ gate }) => gate.level === 'fail');
  const verdicts = new Set(counting.map(({ verdict }) => verdict));
  if (verdicts.has('fail')) return 'fail';
  return verdicts.has('pass') && !verdicts.has('inconclusive') ? 'pass' : 'inconclusive';
}
