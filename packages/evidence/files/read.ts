import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { InputError } from '@passmuster/core/errors.ts';
import { systemCode, whyUnreadable } from './system-errors.ts';

const CHUNK = 64 * 1024;

// Opening a pipe would wait, without O_NONBLOCK, until somebody writes to it.
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function open(path: string): number | undefined {
  try {
    return openSync(path, READ);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') {
      throw new InputError(`"${path}" ${whyUnreadable(error)}.`, { cause: error });
    }
  }
  // A link that leads nowhere is a mistake, and must not pass for a file that nobody made.
  if (!lstatSync(path, { throwIfNoEntry: false })) return undefined;
  throw new InputError(`"${path}" is a link to something that is not there.`);
}

/** The start of a file, of at most one byte more than asked for. */
function readUpTo(opened: number, expected: number, maxBytes: number): Buffer {
  const most = maxBytes + 1;
  let content = Buffer.allocUnsafe(Math.min(expected + 1, most));
  let bytes = 0;
  while (bytes < most) {
    // The size is only a promise: the file may grow, and some file systems say 0 of any.
    if (bytes === content.length) {
      content = Buffer.concat([content], Math.min(2 * bytes + CHUNK, most));
    }
    const more = readSync(opened, content, bytes, content.length - bytes, null);
    if (more === 0) break;
    bytes += more;
  }
  return content.subarray(0, bytes);
}

function readOpened(path: string, opened: number, maxBytes: number): Buffer {
  const stats = fstatSync(opened);
  if (stats.isDirectory()) throw new InputError(`"${path}" is a folder; a file was expected.`);
  if (!stats.isFile()) {
    throw new InputError(`"${path}" is a pipe or a device; a regular file was expected.`);
  }
  const content = stats.size > maxBytes ? undefined : readUpTo(opened, stats.size, maxBytes);
  if (content && content.length <= maxBytes) return content;
  const limit = maxBytes.toLocaleString('en');
  throw new InputError(`"${path}" is too large: at most ${limit} bytes are read.`);
}

/** The Files port's read. */
export async function read(path: string, maxBytes: number): Promise<Uint8Array | undefined> {
  const opened = open(path);
  if (opened === undefined) return undefined;
  try {
    return readOpened(path, opened, maxBytes);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`"${path}" ${whyUnreadable(error)}.`, { cause: error });
  } finally {
    closeSync(opened);
  }
}
