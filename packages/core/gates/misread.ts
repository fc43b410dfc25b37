import { nearest } from '../suggest.ts';
import type { Gate, MetricName } from './gate.ts';
import { inBrackets, shown } from './odd-name.ts';

/** Words with signs between them, and no space: one name to whoever wrote it, arithmetic to us. */
const RUN = /^[\w.]+(?:[-+*/][\w.]+)+(?=\s*[<>=!])/;

/** What a gate may have meant by names that no metric has. */
export function misread(gate: Gate, missing: readonly MetricName[]): string[] {
  const reasons: string[] = [];
  const run = missing.length > 0 ? RUN.exec(gate.text)?.[0] : undefined;
  if (run !== undefined) {
    reasons.push(`If ${shown(run)} is the name of one metric, write ${inBrackets(run)}.`);
  }
  if (missing.some(({ metric }) => nearest(metric, ['champion']) !== undefined)) {
    reasons.push('Did you mean `champion`?');
  }
  return reasons;
}
