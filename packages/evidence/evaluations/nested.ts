import { isMap } from '@passmuster/core/shape/map.ts';
import type { Findings } from './findings.ts';
import { eachLeaf } from './leaves.ts';

/** Any nested map, as DVC and many scripts write it: names joined with dots. */
export function readNested(document: unknown, findings: Findings): boolean {
  if (!isMap(document)) return false;
  eachLeaf(document, (metric, value, at) => findings.take(metric, value, at));
  return true;
}
