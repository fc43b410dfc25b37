import { closeSync, readSync } from 'node:fs';
import type { FoundFile } from '@passmuster/core/files.ts';
import { CHANGED, isStill, openFound, REPLACED, type Refusal } from './found.ts';
import { rootOf } from './root.ts';
import { whyUnreadable } from './system-errors.ts';

function readOpened(file: FoundFile, opened: number): Uint8Array | Refusal {
  if (!isStill(file, opened)) return REPLACED;
  const content = Buffer.alloc(file.size);
  let bytes = 0;
  for (let more = -1; more !== 0 && bytes < content.length; bytes += more) {
    more = readSync(opened, content, bytes, content.length - bytes, bytes);
  }
  return bytes === file.size && isStill(file, opened) ? content : CHANGED;
}

/** The Files port's readFound. */
export async function readFound(
  folder: string,
  file: FoundFile,
  maxBytes: number,
): Promise<Uint8Array | Refusal> {
  if (file.size > maxBytes) return { refused: `is larger than ${maxBytes} bytes` };
  let opened: number | Refusal | undefined;
  try {
    opened = openFound(rootOf(folder), file.path);
    return typeof opened === 'number' ? readOpened(file, opened) : opened;
  } catch (error) {
    return { refused: whyUnreadable(error) };
  } finally {
    if (typeof opened === 'number') closeSync(opened);
  }
}
