import type { FoundFile } from '@passmuster/core/files.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BATCH_BYTES, BATCH_FILES, batchesOf, threadsFor } from './batches.ts';

const MIB = 1024 * 1024;

const filesOf = (sizes: readonly number[]): FoundFile[] =>
  sizes.map((size, index) => ({ path: `f${index}`, size, identity: `i${index}` }));

test('every file stands in one batch, the largest first, and knows its place', () => {
  const size = fc.oneof(fc.nat(1000), fc.nat(BATCH_BYTES * 3));
  fc.assert(
    fc.property(fc.array(size, { maxLength: 1000, size: 'max' }), (sizes) => {
      const files = filesOf(sizes);
      const batches = batchesOf(files);
      const inOrder = batches.flatMap((batch) => batch.files);
      expect(batches.flatMap(({ places }) => places.map((place) => files[place]))).toEqual(inOrder);
      expect(new Set(inOrder).size).toBe(files.length);
      expect(inOrder.length).toBe(files.length);
      const found = inOrder.map((file) => file.size);
      expect(found).toEqual(sizes.toSorted((a, b) => b - a));
    }),
  );
});

test('a batch is closed once it has enough bytes or files', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(BATCH_BYTES), { maxLength: 600, size: 'max' }), (sizes) => {
      for (const { files, bytes } of batchesOf(filesOf(sizes))) {
        expect(bytes).toBe(files.reduce((sum, file) => sum + file.size, 0));
        expect(bytes - (files.at(-1)?.size ?? 0)).toBeLessThan(BATCH_BYTES);
        expect(files.length).toBeGreaterThan(0);
        expect(files.length).toBeLessThanOrEqual(BATCH_FILES);
      }
    }),
  );
});

test.each([
  ['no file', [], 8, 0],
  ['one file, however large', [1e12], 8, 0],
  ['little work', [127 * MIB, 127 * MIB, 1], 8, 0],
  ['a little more', [128 * MIB, 128 * MIB, 1], 8, 1],
  ['many tiny files', Array.from({ length: 100_000 }, () => 100), 8, 0],
  ['one core', [1e12, 1e12], 1, 0],
  ['two cores', [1e12, 1e12, 1e12], 2, 1],
  ['two files', [1e12, 1e12], 8, 1],
  ['many large files', Array.from({ length: 100 }, () => 1e9), 64, 1],
])('threads for %s', (_, sizes, cores, threads) => {
  expect(threadsFor(batchesOf(filesOf(sizes)), cores)).toBe(threads);
});
