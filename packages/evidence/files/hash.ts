import { createHash, hash } from 'node:crypto';
import { read, readSync } from 'node:fs';
import type { Digests } from '@passmuster/core/files.ts';

/** Measured: larger pieces hash no faster, and every lane holds two of them. */
export const PIECE = 1024 * 1024;

/** One is filled while the other is hashed. */
export type Buffers = readonly [Buffer, Buffer];
export const newBuffers = (): Buffers => [
  Buffer.allocUnsafeSlow(PIECE),
  Buffer.allocUnsafeSlow(PIECE),
];

export interface Hashed {
  /** As many as could be read; more than expected stops the reading. */
  readonly bytes: number;
  readonly digests: Digests;
}

/** A file that fits into one piece: waiting for another thread would cost more than reading it. */
export function hashAtOnce(
  opened: number,
  expected: number,
  [buffer]: Buffers,
  withMd5: boolean,
): Hashed {
  let bytes = 0;
  let more: number;
  do {
    // One byte more than there should be shows a file that has grown.
    more = readSync(opened, buffer, bytes, expected + 1 - bytes, bytes);
    bytes += more;
  } while (more > 0 && bytes < expected);
  const content = buffer.subarray(0, bytes);
  const sha256 = hash('sha256', content);
  return { bytes, digests: withMd5 ? { sha256, md5: hash('md5', content) } : { sha256 } };
}

const readPiece = (opened: number, buffer: Buffer, position: number): Promise<number> =>
  new Promise((resolve, reject) => {
    read(opened, buffer, 0, PIECE, position, (error, bytes) =>
      error ? reject(error) : resolve(bytes),
    );
  });

/** `onPiece` hears how many bytes are hashed; what it throws ends the reading. */
export async function hashInPieces(
  opened: number,
  expected: number,
  buffers: Buffers,
  withMd5: boolean,
  onPiece: (bytes: number) => void,
): Promise<Hashed> {
  const sha256 = createHash('sha256');
  const md5 = withMd5 ? createHash('md5') : undefined;
  let [current, next] = buffers;
  let bytes = 0;
  let reading = readPiece(opened, current, bytes);
  try {
    for (;;) {
      const bytesRead = await reading;
      bytes += bytesRead;
      if (bytesRead === 0 || bytes > expected) break;
      reading = readPiece(opened, next, bytes);
      const piece = current.subarray(0, bytesRead);
      sha256.update(piece);
      md5?.update(piece);
      onPiece(bytesRead);
      [current, next] = [next, current];
    }
  } finally {
    // The file must not be closed, nor the buffer used again, while a read is under way.
    await reading.catch(() => undefined);
  }
  const digests = { sha256: sha256.digest('hex'), ...(md5 && { md5: md5.digest('hex') }) };
  return { bytes, digests };
}
