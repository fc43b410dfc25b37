import { isMap } from '@passmuster/core/shape/map.ts';
import { numberIn, own, textIn } from './fields.ts';
import type { Findings } from './findings.ts';
import { pointerTo } from './pointer.ts';

/** The mean of a list in which every entry is a number. */
function meanOf(scores: unknown): number | undefined {
  if (!Array.isArray(scores) || scores.length === 0) return undefined;
  let sum = 0;
  for (const score of scores) {
    if (typeof score !== 'number') return undefined;
    sum += score;
  }
  return sum / scores.length;
}

function takeMetric(entry: unknown, at: string, findings: Findings): void {
  const metric = textIn(entry, 'metric');
  if (metric === undefined) return;
  const scores = own(entry, 'scores');
  const mean = meanOf(scores);
  const samples = Array.isArray(scores) ? scores.length : undefined;
  if (mean !== undefined) findings.take(metric, mean, `${at}/scores`, { samples });
  else findings.refuse(metric, 'without a list of numbers as its scores', `${at}/scores`);

  const [passes, fails, errors] = ['passes', 'fails', 'errors'].map((key) => numberIn(entry, key));
  const all = (passes ?? Number.NaN) + (fails ?? Number.NaN) + (errors ?? Number.NaN);
  const rate = `${metric}.pass_rate`;
  if (passes !== undefined && all > 0) findings.take(rate, passes / all, at, { samples: all });
  else findings.refuse(rate, 'of counts that are not all there', at);
  if (errors) findings.remark(`Tests that ended in an error (${errors}) have no score in a mean.`);
}

/** A test run of DeepEval: the mean of each metric, and how many passed of all, errors too. */
export function readDeepEval(document: unknown, findings: Findings): boolean {
  const inner = own(document, 'testRunData');
  const run = isMap(inner) ? inner : document;
  const scores = own(run, 'metricsScores');
  if (!Array.isArray(scores) || own(run, 'testCases') === undefined) return false;
  const at = isMap(inner) ? '/testRunData' : '';
  for (const [index, entry] of scores.entries()) {
    takeMetric(entry, at + pointerTo('metricsScores', index), findings);
  }
  for (const key of ['testPassed', 'testFailed']) {
    const value = own(run, key);
    if (value !== undefined) findings.take(key, value, at + pointerTo(key));
  }
  return true;
}
