import { InputError } from '@passmuster/core/errors.ts';
import type { Files } from '@passmuster/core/files.ts';
import { parseDocument } from '@passmuster/core/manifest/document.ts';
import type { DigestedFile, Entry } from '@passmuster/core/manifest/entry.ts';
import { MOST_MANIFEST_BYTES } from './read-manifest.ts';

export interface Earlier {
  readonly text: string;
  /** What it listed; nothing when it cannot be read any more. */
  readonly entries?: readonly Entry[];
}

const OURS = /^\s*\{\s*"passmuster_manifest":\s*1\b/;

function entriesOf(text: string, file: string): Pick<Earlier, 'entries'> {
  try {
    return { entries: parseDocument(text, file).entries };
  } catch (error) {
    if (error instanceof InputError) return {};
    throw error;
  }
}

/** The manifest that is there; anything else that stands in its place is somebody's, and is kept. */
export async function earlierManifest(files: Files, file: string): Promise<Earlier | undefined> {
  if (file.endsWith('.dvc')) {
    throw new InputError([
      { message: `${file} would be read as a .dvc file.`, hint: 'Name the manifest otherwise.' },
    ]);
  }
  const bytes = await files.read(file, MOST_MANIFEST_BYTES);
  if (bytes === undefined) return undefined;
  const text = Buffer.from(bytes).toString();
  if (OURS.test(text)) return { text, ...entriesOf(text, file) };
  throw new InputError([
    {
      message: `${file} exists and is no manifest of ours, so it is not replaced.`,
      hint: 'Name another file with `manifest`, or remove this one.',
    },
  ]);
}

/** How many files are not as an earlier manifest listed them, or in only one of the two. */
export function changedSince(entries: readonly Entry[], files: readonly DigestedFile[]): number {
  const before = new Map(entries.map((entry) => [entry.path, entry]));
  let changed = 0;
  for (const { path, size, sha256 } of files) {
    const entry = before.get(path);
    if (entry?.size !== size || entry.sha256 !== sha256) changed++;
    before.delete(path);
  }
  return changed + before.size;
}
