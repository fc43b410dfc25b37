import { isUtf8 } from 'node:buffer';
import { InputError } from './errors.ts';

/** The text of a file; a byte order mark stays in it, for the reader to judge. */
export function decodeUtf8(bytes: Uint8Array, file: string): string {
  if (isUtf8(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  throw new InputError([{ message: 'This is no UTF-8 text.', place: { file } }]);
}
