import { visible } from '@passmuster/core/visible.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { harmless } from './harmless.ts';

test.each([
  ['a ##[add-mask]b', 'a ##\\[add-mask]b'],
  ['::set-output name=a::b', '\\::set-output name=a::b'],
  ['  ::error::x', '  \\::error::x'],
  ['a :: b', 'a :: b'],
  ['# heading [x]', '# heading [x]'],
])('%j is printed as %j', (line, printed) => {
  expect(harmless(line)).toBe(printed);
});

test('no visible line becomes a command', () => {
  const pieces = fc.constantFrom('::', ':', '#', '##[', '[', ' ', '\u00a0', 'é', 'error', '\u0301');
  fc.assert(
    fc.property(
      fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 3 }))),
      (parts) => {
        const printed = harmless(visible(parts.join('')));
        expect(printed).not.toMatch(/^\s*::/u);
        expect(printed).not.toContain('##[');
      },
    ),
  );
});
