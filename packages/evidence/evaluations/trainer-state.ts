import { found } from '@passmuster/core/quote.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import { numberIn, own, textIn } from './fields.ts';
import type { Findings } from './findings.ts';
import { pointerTo } from './pointer.ts';

const isEvaluation = (row: unknown): boolean =>
  isMap(row) && Object.keys(row).some((key) => key.startsWith('eval_'));

/** `trainer_state.json` of Transformers: its last evaluation, which need not be of the model at hand. */
export function readTrainerState(document: unknown, findings: Findings): boolean {
  const history = own(document, 'log_history');
  if (!Array.isArray(history) || own(document, 'global_step') === undefined) return false;
  const index = history.findLastIndex(isEvaluation);
  if (index < 0) {
    findings.remark(
      'The training was never evaluated: no row of `log_history` has an `eval_` value.',
    );
    return true;
  }
  const row: unknown = history[index];
  for (const [metric, value] of Object.entries(isMap(row) ? row : {})) {
    if (metric.startsWith('eval_'))
      findings.take(metric, value, pointerTo('log_history', index, metric));
  }
  remarkOnStep(document, own(row, 'step'), findings);
  return true;
}

function remarkOnStep(document: unknown, step: unknown, findings: Findings): void {
  const last = numberIn(document, 'global_step');
  const trained = last === step ? '' : `; the training went on to step ${found(last ?? null)}`;
  findings.remark(
    `The values are of the last evaluation, at step ${found(step ?? null)}${trained}.`,
  );
  const best = textIn(document, 'best_model_checkpoint');
  const [, bestStep] = /checkpoint-(\d{1,15})[\\/]?$/.exec(best ?? '') ?? [];
  if (best === undefined || Number(bestStep) === step) return;
  findings.remark(
    `The best checkpoint is another one, ${found(best)}: if that is what is shipped, evaluate it.`,
  );
}
