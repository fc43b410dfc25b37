import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Digested } from '@passmuster/core/files.ts';
import type { Batch } from './batches.ts';
import { digestFiles, type Task } from './digest-file.ts';
import { newBuffers } from './hash.ts';

export type Store = (batch: Batch, digests: readonly Digested[]) => void;

/** Our own thread takes batches until there are none; `onBytes` may throw to stop it. */
export async function ownLane(
  queue: Batch[],
  task: Task,
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
