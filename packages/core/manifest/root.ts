import { createHash } from 'node:crypto';
import { byCodePoint } from '../paths.ts';
import type { DigestedFile } from './entry.ts';

const byPath = (a: DigestedFile, b: DigestedFile): number => byCodePoint(a.path, b.path);

export const sorted = (files: readonly DigestedFile[]): DigestedFile[] => files.toSorted(byPath);

/**
 * One digest for a set of files: SHA-256 over a line for each, in the order of code points, so that names
 * and sizes are bound as well as contents. No path holds a line break (they are refused), so no two sets of
 * files give the same lines.
 */
export function rootDigest(files: readonly DigestedFile[]): string {
  const hash = createHash('sha256').update('passmuster.manifest/1\n');
  for (const { path, size, sha256 } of sorted(files)) hash.update(`${sha256} ${size} ${path}\n`);
  return `sha256:${hash.digest('hex')}`;
}

function byComponents(a: DigestedFile, b: DigestedFile): number {
  const left = a.path.split('/');
  const right = b.path.split('/');
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = byCodePoint(left[index] ?? '', right[index] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/**
 * The digest that a signature of OpenSSF Model Signing (files, SHA-256) has as its subject: the files'
 * raw digests one after the other. Its tool orders by folder and then name (`a/b` before `a.txt`), which is
 * not the order of the whole paths.
 */
export function modelSigningDigest(files: readonly DigestedFile[]): string {
  const hash = createHash('sha256');
  for (const { sha256 } of files.toSorted(byComponents)) hash.update(sha256, 'hex');
  return `sha256:${hash.digest('hex')}`;
}
