import { own, textIn } from './fields.ts';
import type { Findings } from './findings.ts';
import { pointerTo } from './pointer.ts';

const isEntry = (value: unknown): boolean =>
  textIn(value, 'dataset', 'id') !== undefined && own(value, 'value') !== undefined;

/** `.eval_results/*.yaml` of Hugging Face: one number for each entry, named by dataset and task. */
export function readEvalResults(document: unknown, findings: Findings): boolean {
  if (!Array.isArray(document) || document.length === 0 || !document.every(isEntry)) return false;
  for (const [index, entry] of document.entries()) {
    const id = textIn(entry, 'dataset', 'id') ?? '';
    const task = textIn(entry, 'dataset', 'task_id');
    const revision = textIn(entry, 'dataset', 'revision');
    const conditions = {
      dataset: revision === undefined ? id : `${id}, revision ${revision}`,
      ...(task !== undefined && { task }),
    };
    const name = task === undefined ? id : `${id}.${task}`;
    findings.take(name, own(entry, 'value'), pointerTo(index, 'value'), { conditions });
  }
  return true;
}
