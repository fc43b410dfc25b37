import { InputError } from '@passmuster/core/errors.ts';
import type { Files } from '@passmuster/core/files.ts';
import { parseDocument } from '@passmuster/core/manifest/document.ts';
import type { Manifest } from '@passmuster/core/manifest/entry.ts';
import { parseSums } from '@passmuster/core/manifest/sums.ts';
import { decodeUtf8 } from '@passmuster/core/utf8.ts';

/** Room for 100,000 entries with long names; a manifest beyond it is no manifest. */
export const MOST_MANIFEST_BYTES = 32 * 1024 * 1024;

async function parse(text: string, file: string): Promise<Manifest> {
  if (file.endsWith('.dvc')) {
    const { parseDvc } = await import('@passmuster/core/manifest/dvc.ts');
    return parseDvc(text, file);
  }
  return /^\s*\{/.test(text) ? parseDocument(text, file) : parseSums(text, file);
}

async function readManifest(files: Files, file: string): Promise<Manifest | undefined> {
  const bytes = await files.read(file, MOST_MANIFEST_BYTES);
  return bytes && parse(decodeUtf8(bytes, file), file);
}

export async function needManifest(files: Files, file: string): Promise<Manifest> {
  const manifest = await readManifest(files, file);
  if (manifest) return manifest;
  throw new InputError([
    {
      message: `There is no manifest at ${file}.`,
      hint: 'Name one with `manifest`, or make it with `write: true` where the files are known to be good.',
    },
  ]);
}
