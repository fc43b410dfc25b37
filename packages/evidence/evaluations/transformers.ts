import { isMap } from '@passmuster/core/shape/map.ts';
import { own } from './fields.ts';
import type { Findings } from './findings.ts';
import { pointerTo } from './pointer.ts';

const PHASES = ['eval', 'train', 'predict', 'test'];
const WRITTEN_ALWAYS = PHASES.flatMap((phase) =>
  ['samples', 'runtime', 'samples_per_second'].map((what) => `${phase}_${what}`),
);

/** `all_results.json`, `eval_results.json` and their like, as the Trainer of Transformers saves them. */
export function readTransformers(document: unknown, findings: Findings): boolean {
  if (!WRITTEN_ALWAYS.some((key) => own(document, key) !== undefined)) return false;
  if (!isMap(document) || Object.values(document).some(isMap)) return false;
  for (const [metric, value] of Object.entries(document)) {
    const [, phase] = /^(eval|train|predict|test)_(?!samples$)/.exec(metric) ?? [];
    const samples = phase === undefined ? undefined : own(document, `${phase}_samples`);
    findings.take(metric, value, pointerTo(metric), { samples });
  }
  return true;
}
