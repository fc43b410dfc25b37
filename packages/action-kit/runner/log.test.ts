import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { logLines } from './log.ts';

/** Lines as the runner reads them from a step: a bare carriage return ends one too. */
const linesOf = (output: string): string[] => output.split(/\r\n|[\r\n]/);

/** Characters that a culture-sensitive comparison gives no weight. */
const WEIGHTLESS = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;

/** Whether the runner would take the line for a command, in its new form or its old one. */
function isCommand(line: string): boolean {
  const weighed = line.replace(WEIGHTLESS, '');
  return /^\s*::/u.test(weighed) || weighed.includes('##[');
}

test.each([
  'acc ##[set-output name=promoted;]true',
  '::set-output name=promoted::true',
  '  \u00a0::add-mask::1',
  'metric\r::add-mask::1',
  'x\n::stop-commands::abc',
  '##\u200b[add-mask]1',
  '#\ufe0f#\u034f[group]x',
  '\u2028::error::x',
  '\u0085::error::x',
])('%j is printed, and is no command', (text) => {
  const lines = linesOf(logLines(text).join('\n'));
  expect(lines.filter(isCommand)).toEqual([]);
  expect(lines.join(' ')).toMatch(/set|add|stop|group|error/);
});

test('the check itself knows a command when it sees one', () => {
  expect(isCommand('  ::error::x')).toBe(true);
  expect(isCommand('a ##[error]x')).toBe(true);
  expect(isCommand('a :: b')).toBe(false);
});

const pieces = fc.constantFrom(
  '::',
  '##[',
  '#',
  '[',
  ':',
  '\r',
  '\n',
  ' ',
  '\t',
  '\u200b',
  '\u00ad',
  '\ufeff',
  '\ufe0f',
  '\u00a0',
  'set-output name=a::b',
  ']',
  'é',
);

test('no text becomes a command', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 5 }))),
      (parts) => {
        const printed = logLines(parts.join('')).join('\n');
        expect(linesOf(printed).filter(isCommand)).toEqual([]);
      },
    ),
    rounds(10_000),
  );
});
