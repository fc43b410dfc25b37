import { isMap } from '@passmuster/core/shape/map.ts';
import { own } from './fields.ts';
import type { Findings } from './findings.ts';
import { pointerTo } from './pointer.ts';

const COLUMNS = ['precision', 'recall', 'f1-score', 'support'];
const AVERAGES = ['micro avg', 'macro avg', 'weighted avg', 'samples avg'];

const isRow = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isMap(value) && COLUMNS.every((column) => Object.hasOwn(value, column));

/** `classification_report(output_dict=True)` of scikit-learn: its classes are slices. */
export function readClassificationReport(document: unknown, findings: Findings): boolean {
  if (!isMap(document) || !AVERAGES.some((name) => isRow(own(document, name)))) return false;
  for (const [name, row] of Object.entries(document)) {
    if (!isRow(row)) {
      const samples = name === 'accuracy' ? own(document, 'weighted avg', 'support') : undefined;
      findings.take(name, row, pointerTo(name), { samples });
      continue;
    }
    const isAverage = AVERAGES.includes(name);
    const slice = isAverage ? undefined : `class=${name}`;
    for (const [column, value] of Object.entries(row)) {
      if (column === 'support') continue;
      const metric = isAverage ? `${name}.${column}` : column;
      findings.take(metric, value, pointerTo(name, column), { slice, samples: row['support'] });
    }
  }
  return true;
}
