import type { BigIntStats } from 'node:fs';

/**
 * Tells one state of one file from any other. A write within the clock's grain (a few milliseconds
 * on older kernels) after a file was read can look the same; nothing that a process may ask tells.
 */
export const identityOf = (stats: BigIntStats): string =>
  // Joined, not a template: V8 would keep its pieces, four times the memory for 100,000 files.
  [stats.dev, stats.ino, stats.nlink, stats.size, stats.mtimeNs, stats.ctimeNs].join(':');
