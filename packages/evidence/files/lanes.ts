import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Digested } from '@passmuster/core/files.ts';
import { BATCH_BYTES, type Batch } from './batches.ts';
import { digestFiles } from './digest-file.ts';
import { newBuffers } from './hash.ts';
import type { ThreadTask } from './hash-worker.ts';

export type Store = (batch: Batch, digests: readonly Digested[]) => void;

/** Our own thread takes batches until there are none; `onBytes` may throw to stop it. */
export async function ownLane(
  queue: Batch[],
  task: ThreadTask,
  onBytes: (bytes: number) => void,
  store: Store,
): Promise<void> {
  const buffers = newBuffers();
  for (let batch = queue.shift(); batch; batch = queue.shift()) {
    store(batch, await digestFiles(batch.files, task, buffers, onBytes));
    // Small files are read without a pause: others must be heard between batches.
    await nextTurn();
  }
}

// A thread only ever holds two buffers and a batch; V8 would let its heap grow for nothing.
const SMALL_HEAP = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 };

/** A thread of its own takes batches until there are none, or until it is stopped. */
export async function threadLane(
  queue: Batch[],
  task: ThreadTask,
  stop: AbortSignal,
  store: Store,
): Promise<void> {
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: SMALL_HEAP,
  });
  try {
    await new Promise<void>((resolve, reject) => {
      const underWay: Batch[] = [];
      const give = () => {
        // A second small batch ahead, so that the thread never waits for us between two.
        while (underWay.length < 2 && (underWay[0]?.bytes ?? 0) < BATCH_BYTES) {
          const batch = queue.shift();
          if (!batch) break;
          underWay.push(batch);
          worker.postMessage(batch.files);
        }
        if (underWay.length === 0) resolve();
      };
      worker.on('message', (digests: Digested[]) => {
        const batch = underWay.shift();
        if (batch) store(batch, digests);
        give();
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`A hashing thread ended early (${code})`)));
      stop.addEventListener('abort', () => reject(stop.reason), { once: true });
      give();
    });
  } finally {
    await worker.terminate();
  }
}
