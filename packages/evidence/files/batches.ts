import type { FoundFile } from '@passmuster/core/files.ts';

/** Files that one lane reads in one go. */
export interface Batch {
  readonly files: readonly FoundFile[];
  /** Where each of them stands in the caller's list. */
  readonly places: readonly number[];
  readonly bytes: number;
}

export const BATCH_BYTES = 8 * 1024 * 1024;
export const BATCH_FILES = 256;

/** The largest first, so that no lane is left with a large one when the others have finished. */
export function batchesOf(files: readonly FoundFile[]): Batch[] {
  const largestFirst = Array.from(files.entries()).sort(([, a], [, b]) => b.size - a.size);
  const batches: Batch[] = [];
  let batch = { files: [] as FoundFile[], places: [] as number[], bytes: 0 };
  for (const [place, file] of largestFirst) {
    if (batch.bytes >= BATCH_BYTES || batch.files.length === BATCH_FILES) {
      batches.push(batch);
      batch = { files: [], places: [], bytes: 0 };
    }
    batch.files.push(file);
    batch.places.push(place);
    batch.bytes += file.size;
  }
  if (batch.files.length > 0) batches.push(batch);
  return batches;
}

/** A thread takes 30 to 100 ms to start, and tiny files cost more to hand over than to read. */
const PAYS = 256 * 1024 * 1024;
/** Measured over 60 GiB: one thread makes it 88 MB in all, a second 101 MB; 100 MB is the limit. */
const MAX_THREADS = 1;

/** How many threads beside our own end the work sooner than without them. */
export function threadsFor(batches: readonly Batch[], cores: number): number {
  const work = batches.reduce((sum, { bytes }) => sum + bytes, 0);
  const paying = Math.floor(work / PAYS);
  return Math.max(0, Math.min(cores - 1, batches.length - 1, paying, MAX_THREADS));
}
