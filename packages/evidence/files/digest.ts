import { availableParallelism } from 'node:os';
import type { Digested, DigestOptions, FoundFile } from '@passmuster/core/files.ts';
import type { Phase } from '@passmuster/core/progress.ts';
import { type Batch, batchesOf, threadsFor } from './batches.ts';
import { PIECE } from './hash.ts';
import type { ThreadTask } from './hash-worker.ts';
import { ownLane, type Store } from './own-lane.ts';
import { rootOf } from './root.ts';

const SHOW_EVERY_MS = 100;

/** Passes on what all lanes have hashed since the last time. */
function showing(phase: Phase, hashed: ThreadTask['hashed']): () => void {
  let shown = 0n;
  return () => {
    const now = Atomics.load(hashed, 0);
    if (now === shown) return;
    phase.advance(Number(now - shown));
    shown = now;
  };
}

/** All lanes until the queue is empty. When one fails or the signal comes, all are stopped. */
async function runLanes(
  queue: Batch[],
  task: ThreadTask,
  signal: AbortSignal,
  show: () => void,
  store: Store,
  threads: number,
): Promise<void> {
  const failure = new AbortController();
  const drained = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  let unshown = 0;
  const count = (bytes: number) => {
    stop.throwIfAborted();
    Atomics.add(task.hashed, 0, BigInt(bytes));
    unshown += bytes;
    if (unshown < PIECE) return;
    unshown = 0;
    show();
  };
  const timer = setInterval(() => {
    try {
      if (!stop.aborted) show();
    } catch (error) {
      failure.abort(error);
    }
  }, SHOW_EVERY_MS);
  const lanes: Promise<void>[] = [];
  try {
    if (threads > 0) {
      // Most folders need no thread, and loading what starts them takes time.
      const { threadLane } = await import('./thread-lane.ts');
      stop.throwIfAborted();
      for (let thread = 0; thread < threads; thread++) {
        lanes.push(threadLane(queue, task, { stop, drained: drained.signal }, store));
      }
    }
    lanes.push(ownLane(queue, task, count, store).then(() => drained.abort()));
    await Promise.all(lanes);
  } catch (error) {
    failure.abort(error);
    throw error;
  } finally {
    await Promise.allSettled(lanes);
    clearInterval(timer);
  }
}

/** The Files port's digest. Threads are the caller's choice only in tests and measurements. */
export async function digest(
  folder: string,
  files: readonly FoundFile[],
  { algorithms, progress, signal }: DigestOptions,
  threads?: number,
): Promise<Digested[]> {
  signal.throwIfAborted();
  const hashed = new BigInt64Array(new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT));
  const task = { root: rootOf(folder), withMd5: algorithms.includes('md5'), hashed };
  const queue = batchesOf(files);
  const digests: Digested[] = files.map(() => ({ refused: 'was not read' }));
  const store: Store = ({ places }, ofBatch) => {
    for (const [index, place] of places.entries()) {
      const digested = ofBatch[index];
      if (digested) digests[place] = digested;
    }
  };
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const phase = progress.begin('Hashing', total, 'bytes');
  const show = showing(phase, hashed);
  try {
    const wanted = threads ?? threadsFor(queue, availableParallelism());
    await runLanes(queue, task, signal, show, store, wanted);
    show();
  } finally {
    phase.end();
  }
  return digests;
}
