import { listIn, own, textIn } from './fields.ts';
import type { Findings } from './findings.ts';
import { eachLeaf } from './leaves.ts';
import { pointerTo } from './pointer.ts';

const isMetric = (value: unknown): boolean =>
  textIn(value, 'metric_name') !== undefined && own(value, 'value') !== undefined;

/** A snapshot of Evidently: a number for each metric, or several with names of their own. */
export function readEvidently(document: unknown, findings: Findings): boolean {
  const metrics = listIn(document, 'metrics');
  if (metrics.length === 0 || !metrics.every(isMetric)) return false;
  for (const [index, metric] of metrics.entries()) {
    const name = textIn(metric, 'metric_name') ?? '';
    eachLeaf(own(metric, 'value'), (part, value, at) => {
      const whole = at === '' ? name : `${name}.${part}`;
      findings.take(whole, value, pointerTo('metrics', index, 'value') + at);
    });
  }
  return true;
}
