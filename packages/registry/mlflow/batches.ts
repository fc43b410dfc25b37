import type { Logged } from '@passmuster/core/registry/registry.ts';
import { keyed, metricJson } from './json.ts';

/** What one call of MLflow's `runs/log-batch` takes. */
export interface Batch {
  readonly metrics: readonly object[];
  readonly params: readonly object[];
  readonly tags: readonly object[];
}

const LIMITS = { metrics: 1000, params: 100, tags: 100 } as const;
const MOST = 1000;
/** MLflow documents 1 MB; the rest is for what stands around the entries. */
const MOST_BYTES = 900_000;

type Kind = keyof typeof LIMITS;

/** In the fewest calls that keep all limits, nearly. */
export function batchesOf({ metrics, params, tags }: Logged): Batch[] {
  const entries: [Kind, object][] = [
    ...keyed(params ?? new Map()).map((one): [Kind, object] => ['params', one]),
    ...keyed(tags ?? new Map()).map((one): [Kind, object] => ['tags', one]),
    ...(metrics ?? []).map((one): [Kind, object] => ['metrics', metricJson(one)]),
  ];
  const batches: Batch[] = [];
  let batch: Record<Kind, object[]> = { metrics: [], params: [], tags: [] };
  let [size, bytes] = [0, 0];
  for (const [kind, entry] of entries) {
    const length = Buffer.byteLength(JSON.stringify(entry)) + 1;
    const isFull = size === MOST || batch[kind].length === LIMITS[kind];
    if (size > 0 && (isFull || bytes + length > MOST_BYTES)) {
      batches.push(batch);
      batch = { metrics: [], params: [], tags: [] };
      [size, bytes] = [0, 0];
    }
    batch[kind].push(entry);
    size++;
    bytes += length;
  }
  if (size > 0) batches.push(batch);
  return batches;
}
