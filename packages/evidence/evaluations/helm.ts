import { isMap } from '@passmuster/core/shape/map.ts';
import { own, textIn } from './fields.ts';
import type { Findings } from './findings.ts';
import { pointerTo } from './pointer.ts';

const isStat = (value: unknown): boolean =>
  textIn(value, 'name', 'name') !== undefined && own(value, 'count') !== undefined;

/** Of which part of the data it speaks; nothing for the test data as they are. */
function sliceOf(stat: unknown): string | undefined {
  const perturbation = textIn(stat, 'name', 'perturbation', 'name');
  const split = textIn(stat, 'name', 'split');
  const part = textIn(stat, 'name', 'sub_split');
  const parts = [
    ...(split === undefined || split === 'test' ? [] : [`split=${split}`]),
    ...(part === undefined ? [] : [`sub_split=${part}`]),
    ...(perturbation === undefined ? [] : [`perturbation=${perturbation}`]),
  ];
  return parts.length > 0 ? parts.join(',') : undefined;
}

/** `stats.json` of HELM. Its `count` is one of values that were added up, not of samples. */
export function readHelm(document: unknown, findings: Findings): boolean {
  if (!Array.isArray(document) || document.length === 0 || !document.every(isStat)) return false;
  for (const [index, stat] of document.entries()) {
    const metric = textIn(stat, 'name', 'name') ?? '';
    const isPerturbed = isMap(own(stat, 'name', 'perturbation'));
    const slice = sliceOf(stat) ?? (isPerturbed ? 'perturbation' : undefined);
    findings.take(metric, own(stat, 'mean') ?? null, pointerTo(index, 'mean'), { slice });
  }
  return true;
}
