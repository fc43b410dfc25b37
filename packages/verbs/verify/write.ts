import { InputError } from '@passmuster/core/errors.ts';
import { manifestText } from '@passmuster/core/manifest/document.ts';
import type { DigestedFile } from '@passmuster/core/manifest/entry.ts';
import { changedSince, earlierManifest } from './earlier.ts';
import { type Findings, passes } from './findings.ts';
import type { Job } from './job.ts';
import { list } from './list.ts';
import { MOST_MANIFEST_BYTES } from './read-manifest.ts';

export function textFor(files: readonly DigestedFile[], folder: string): string {
  const text = manifestText(files);
  if (Buffer.byteLength(text) <= MOST_MANIFEST_BYTES) return text;
  throw new InputError([
    {
      message: `The manifest of ${folder} would be larger than the ${MOST_MANIFEST_BYTES} bytes that are read.`,
      hint: 'Shorten the paths, or pack the files.',
    },
  ]);
}

/** Makes the manifest from the folder, whole or not at all. */
export async function write(job: Job): Promise<Findings> {
  const { files, signal } = job.ports;
  const earlier = await earlierManifest(files, job.manifestFile);
  const found = await list(job);
  if (!passes(found)) return { ...found, written: 'not written' };
  const text = textFor(found.same, job.folder);
  if (text === earlier?.text) return { ...found, written: 'unchanged' };
  signal.throwIfAborted();
  await files.write(job.manifestFile, text);
  if (earlier === undefined) return { ...found, written: 'new' };
  const replaced = earlier.entries && changedSince(earlier.entries, found.same);
  return { ...found, written: 'replaced', ...(replaced !== undefined && { replaced }) };
}
