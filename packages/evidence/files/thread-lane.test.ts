import { hash } from 'node:crypto';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Digested, FoundFile } from '@passmuster/core/files.ts';
import { expect, test, vi } from 'vitest';
import { batchesOf } from './batches.ts';
import { filesOf, openFiles } from './digesting.fixture.ts';
import { folderWith } from './folder.fixture.ts';
import { PIECE } from './hash.ts';
import { threadLane } from './thread-lane.ts';

// Starting threads takes long where others use the same cores.
vi.setConfig({ testTimeout: 30_000 });

/** A thread that has all of a folder to itself. */
function alone(folder: string, files: readonly FoundFile[]) {
  const hashed = new BigInt64Array(new SharedArrayBuffer(8));
  const digests = new Map<string, Digested>();
  const queue = batchesOf(files);
  const [stop, drained] = [new AbortController(), new AbortController()];
  const done = threadLane(
    queue,
    { root: folder, withMd5: true, hashed },
    { stop: stop.signal, drained: drained.signal },
    (batch, ofBatch) => {
      for (const [index, file] of batch.files.entries()) {
        const digested = ofBatch[index];
        if (digested) digests.set(file.path, digested);
      }
    },
  );
  return { done, digests, hashed, queue, stop, drained };
}

test('a thread digests batch after batch until there are none', async () => {
  const contents = new Map<string, string | Buffer>();
  for (let index = 0; index < 600; index++) contents.set(`small-${index}`, `${index}`);
  for (let index = 0; index < 3; index++) {
    contents.set(`large-${index}`, Buffer.alloc(3 * PIECE + index, `${index}`));
  }
  const folder = await folderWith(Object.fromEntries(contents));
  const files = await filesOf(folder);
  const { done, digests, hashed } = alone(folder, files);
  await done;
  const expected = [...contents].map(([path, content]): [string, Digested] => [
    path,
    { sha256: hash('sha256', content), md5: hash('md5', content) },
  ]);
  expect(digests).toEqual(new Map(expected));
  expect(Number(hashed[0])).toBe(files.reduce((sum, { size }) => sum + size, 0));
});

test('a thread that comes when all is done ends', async () => {
  const { done, digests } = alone(await folderWith(), []);
  await done;
  expect(digests.size).toBe(0);
});

test('a thread that is not needed is not waited for', async () => {
  const folder = await folderWith({ a: 'abc' });
  const { done, digests, queue, drained } = alone(folder, await filesOf(folder));
  drained.abort();
  await done;
  expect(digests.size).toBe(0);
  expect(queue).toHaveLength(1);
});

test('a thread that is stopped in the middle of a file closes it', async () => {
  const folder = await folderWith({ a: '' });
  truncateSync(join(folder, 'a'), 4 * 1024 * PIECE);
  const before = openFiles();
  const { done, digests, hashed, stop } = alone(folder, await filesOf(folder));
  const reason = new Error('stopped by the test');
  const watching = setInterval(() => {
    if (Atomics.load(hashed, 0) > 0n) stop.abort(reason);
  }, 1);
  await expect(done).rejects.toBe(reason);
  clearInterval(watching);
  expect(digests.size).toBe(0);
  expect(openFiles()).toBe(before);
});

test('an error in a thread is not lost', async () => {
  const folder = await folderWith();
  const broken = { path: 5 as never, size: 3, identity: '' };
  const { done, digests } = alone(folder, [broken]);
  await expect(done).rejects.toThrow(TypeError);
  expect(digests.size).toBe(0);
});
