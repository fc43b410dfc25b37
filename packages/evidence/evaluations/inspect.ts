import type { Conditions } from '@passmuster/core/evidence/measured.ts';
import { found } from '@passmuster/core/quote.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import { listIn, mapIn, numberIn, own, textIn } from './fields.ts';
import type { Findings } from './findings.ts';
import { pointerTo } from './pointer.ts';

/** Whose standard error `stderr` is. */
const MEANS = ['accuracy', 'mean'];

const samplesIn = (document: unknown) => ({
  total: numberIn(document, 'results', 'total_samples'),
  completed: numberIn(document, 'results', 'completed_samples'),
});

function partiality(document: unknown): string | undefined {
  const { total, completed } = samplesIn(document);
  const isPartial = total !== undefined && completed !== undefined && completed < total;
  return isPartial ? `of a partial run (${completed} of ${total} samples)` : undefined;
}

/** Why the log is no evidence, if it is none. */
function reasonAgainst(document: unknown): string | undefined {
  const status = own(document, 'status');
  if (status !== 'success') return `of a run with the status ${found(status ?? null)}`;
  if (own(document, 'invalidated') === true) return 'of a run that was invalidated';
  return partiality(document);
}

function conditionsOf(document: unknown): Conditions {
  const task = textIn(document, 'eval', 'task');
  const dataset = textIn(document, 'eval', 'dataset', 'name');
  return { ...(dataset !== undefined && { dataset }), ...(task !== undefined && { task }) };
}

function remarkOnSamples(document: unknown, findings: Findings, told?: string): void {
  const { total, completed } = samplesIn(document);
  if (total !== completed && (told === undefined || told !== partiality(document))) {
    findings.remark(
      `Of ${found(total ?? null)} samples, ${found(completed ?? null)} were completed.`,
    );
  }
  for (const score of listIn(document, 'results', 'scores')) {
    const unscored = numberIn(score, 'unscored_samples') ?? 0;
    const name = found(own(score, 'name') ?? null);
    if (unscored > 0) findings.remark(`The scorer ${name} left out ${unscored} samples.`);
  }
}

/** A log of inspect-ai in JSON: the metrics of each scorer. */
export function readInspect(document: unknown, findings: Findings): boolean {
  if (!isMap(own(document, 'eval')) || own(document, 'status') === undefined) return false;
  const reason = reasonAgainst(document);
  const conditions = conditionsOf(document);
  for (const [index, score] of listIn(document, 'results', 'scores').entries()) {
    const scorer = textIn(score, 'name') ?? textIn(score, 'scorer') ?? String(index);
    const samples = own(score, 'scored_samples') ?? own(document, 'results', 'completed_samples');
    for (const [key, metric] of Object.entries(mapIn(score, 'metrics'))) {
      const error = own(score, 'metrics', 'stderr', 'value');
      if (key === 'stderr' && error !== undefined) continue;
      const at = pointerTo('results', 'scores', index, 'metrics', key, 'value');
      const name = `${scorer}.${key}`;
      const standardError = MEANS.includes(key) ? error : undefined;
      if (reason !== undefined) findings.refuse(name, reason, at);
      else
        findings.take(name, own(metric, 'value') ?? null, at, {
          samples,
          standardError,
          conditions,
        });
    }
  }
  if (reason !== undefined) findings.remark(`The log is no evidence: it is ${reason}.`);
  remarkOnSamples(document, findings, reason);
  return true;
}
