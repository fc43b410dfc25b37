import type { Survey } from '@passmuster/core/files.ts';
import type { Difference } from '@passmuster/core/manifest/compare.ts';
import type { DigestedFile } from '@passmuster/core/manifest/entry.ts';
import type { Job } from './job.ts';

const MOVED =
  'changed, came or went while the folder was read; try again once nothing writes to it';

export interface Sorted {
  readonly same: readonly DigestedFile[];
  readonly differences: readonly Difference[];
}

interface Look {
  readonly survey: Survey;
  readonly skip: (path: string) => boolean;
  /** Files whose comings and goings are no concern of the manifest. */
  readonly ignored: (path: string) => boolean;
}

function movedBetween(before: Survey, after: Survey): string[] {
  const was = new Map(before.files.map(({ path, identity }) => [path, identity]));
  const wasRefused = new Set(before.refused.map(({ path }) => path));
  const moved: string[] = [];
  for (const { path, identity } of after.files) {
    if (was.get(path) !== identity) moved.push(path);
    was.delete(path);
  }
  for (const { path } of after.refused) {
    if (!wasRefused.has(path)) moved.push(path);
    was.delete(path);
  }
  return [...moved, ...was.keys()];
}

/**
 * Looks at the folder once more: with large models, minutes pass between the reading of two files. One that
 * moved meanwhile is not known to be anything, whatever its digest was.
 */
export async function withoutMoved(job: Job, look: Look, sorted: Sorted): Promise<Sorted> {
  const after = await job.ports.files.survey(job.folder, look.skip, job.ports.signal);
  const moved = new Set(movedBetween(look.survey, after).filter((path) => !look.ignored(path)));
  if (moved.size === 0) return sorted;
  const known = new Set(sorted.differences.map(({ path }) => path));
  const added = [...moved].filter((path) => !known.has(path));
  return {
    same: sorted.same.filter(({ path }) => !moved.has(path)),
    differences: [
      ...sorted.differences,
      ...added.map((path): Difference => ({ what: 'refused', path, reason: MOVED })),
    ],
  };
}
