import { isUtf8 } from 'node:buffer';
import { InputError } from './errors.ts';

/** The text, with a byte order mark if it has one, for the reader to judge; nothing when it is no UTF-8. */
export const textOf = (bytes: Uint8Array): string | undefined =>
  isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString() : undefined;

/** The text of a file that must be one. */
export function decodeUtf8(bytes: Uint8Array, file: string): string {
  const text = textOf(bytes);
  if (text !== undefined) return text;
  throw new InputError([{ message: 'This is no UTF-8 text.', place: { file } }]);
}
