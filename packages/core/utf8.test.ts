import { expect, test } from 'vitest';
import { InputError } from './errors.ts';
import { decodeUtf8 } from './utf8.ts';

test('text is text, with its byte order mark', () => {
  expect(decodeUtf8(new TextEncoder().encode('\ufeffgröße ✅'), 'f')).toBe('\ufeffgröße ✅');
  expect(decodeUtf8(new Uint8Array(), 'f')).toBe('');
});

test.each([[[0xff]], [[0xc3]], [[0xed, 0xa0, 0x80]]])('%j is no text', (bytes) => {
  expect(() => decodeUtf8(new Uint8Array(bytes), 'f')).toThrow(InputError);
});
