import { parentPort, workerData } from 'node:worker_threads';
import type { FoundFile } from '@passmuster/core/files.ts';
import { digestFiles, type Task } from './digest-file.ts';
import { newBuffers } from './hash.ts';

/** What a thread is started with. */
export interface ThreadTask extends Task {
  /** The bytes that all lanes together have hashed. */
  readonly hashed: BigInt64Array<SharedArrayBuffer>;
}

function serve(port: NonNullable<typeof parentPort>, task: ThreadTask): void {
  const buffers = newBuffers();
  let last: Promise<void> = Promise.resolve();
  port.on('message', (files: readonly FoundFile[]) => {
    last = last.then(async () => {
      const count = (bytes: number) => void Atomics.add(task.hashed, 0, BigInt(bytes));
      port.postMessage(await digestFiles(files, task, buffers, count));
    });
  });
}

if (parentPort) serve(parentPort, workerData);
