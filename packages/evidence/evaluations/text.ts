import { InputError } from '@passmuster/core/errors.ts';
import { decodeUtf8 } from '@passmuster/core/utf8.ts';

/** Several times what evaluations write with all their samples. */
const MOST_BYTES = 64 * 1024 * 1024;

function refuse(file: string, message: string, hint?: string): never {
  const told = { message, place: { file } };
  throw new InputError([hint === undefined ? told : { ...told, hint }]);
}

/** Its mark, or a character of ASCII in two bytes: no evaluation starts with anything else. */
const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) ||
  (first === 0xfe && second === 0xff) ||
  (first === 0) !== (second === 0);

/** The text of an evaluation file, without a byte order mark. */
export function evaluationText(bytes: Uint8Array, file: string): string {
  if (bytes.length > MOST_BYTES) {
    const message = `The file has ${bytes.length} bytes; expected at most ${MOST_BYTES} (64 MiB).`;
    refuse(file, message, 'Give the file with the results alone, without the samples.');
  }
  if (isUtf16(bytes)) {
    refuse(file, 'The file is UTF-16; expected UTF-8.', 'Save it as UTF-8.');
  }
  if (bytes.includes(0)) refuse(file, 'The file holds NUL bytes; expected a text in UTF-8.');
  const text = decodeUtf8(bytes, file).replace(/^\ufeff/, '');
  if (/^\s*$/.test(text)) refuse(file, 'The file is empty.', 'Did the evaluation end early?');
  return text;
}
