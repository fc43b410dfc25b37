import { isMap } from '@passmuster/core/shape/map.ts';
import { own } from './fields.ts';
import type { Findings } from './findings.ts';
import { pointerTo } from './pointer.ts';

/** `metrics.json` of MLflow's EvaluationResult: flat, any sign in the names, with a count of rows. */
export function readMlflow(document: unknown, findings: Findings): boolean {
  const samples = own(document, 'example_count');
  if (!isMap(document) || typeof samples !== 'number') return false;
  if (Object.values(document).some((value) => typeof value === 'object' && value !== null)) {
    return false;
  }
  for (const [metric, value] of Object.entries(document)) {
    findings.take(metric, value, pointerTo(metric), metric === 'example_count' ? {} : { samples });
  }
  return true;
}
