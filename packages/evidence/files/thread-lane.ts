import { Worker } from 'node:worker_threads';
import type { Digested } from '@passmuster/core/files.ts';
import { BATCH_BYTES, type Batch } from './batches.ts';
import type { ThreadTask } from './hash-worker.ts';
import type { Store } from './own-lane.ts';

// A thread only ever holds two buffers and a batch; V8 would let its heap grow for nothing.
const SMALL_HEAP = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 };

/** How the other lanes talk to one. */
export interface LaneSignals {
  /** All is over: somebody failed, or the caller wants no more. */
  readonly stop: AbortSignal;
  /** Our own lane found the queue empty; a thread that has nothing under way need not start. */
  readonly drained: AbortSignal;
}

/** Gives batches to a thread until the queue is empty and all of its digests are back. */
function feed(worker: Worker, queue: Batch[], signals: LaneSignals, store: Store): Promise<void> {
  const underWay: Batch[] = [];
  const give = () => {
    // A second small batch ahead, so that the thread never waits for us between two.
    while (underWay.length < 2 && (underWay[0]?.bytes ?? 0) < BATCH_BYTES) {
      const batch = queue.shift();
      if (!batch) break;
      underWay.push(batch);
      worker.postMessage(batch.files);
    }
  };
  return new Promise((resolve, reject) => {
    const endWhenIdle = () => {
      if (underWay.length === 0) resolve();
    };
    worker.on('online', () => {
      give();
      endWhenIdle();
    });
    worker.on('message', (digests: Digested[]) => {
      const batch = underWay.shift();
      if (batch) store(batch, digests);
      give();
      endWhenIdle();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`A hashing thread ended early (${code})`)));
    signals.drained.addEventListener('abort', endWhenIdle, { once: true });
    signals.stop.addEventListener('abort', () => reject(signals.stop.reason), { once: true });
  });
}

/** A thread of its own takes batches until there are none, or until it is stopped. */
export async function threadLane(
  queue: Batch[],
  task: ThreadTask,
  signals: LaneSignals,
  store: Store,
): Promise<void> {
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: SMALL_HEAP,
  });
  try {
    await feed(worker, queue, signals, store);
  } finally {
    await worker.terminate();
  }
}
