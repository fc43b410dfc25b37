import { expect, test } from 'vitest';
import { InputError } from '../errors.ts';
import { parseSums } from './sums.ts';

const A = 'a'.repeat(64);

const problemsOf = (text: string) => {
  try {
    parseSums(text, 'SHA256SUMS');
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
};

test.each<[string, string, string]>([
  ['text mode', `${A}  model.bin`, 'model.bin'],
  ['binary mode', `${A} *model.bin`, 'model.bin'],
  ['a name with spaces', `${A}   two  spaces `.trimEnd(), ' two  spaces'],
  ['from find', `${A}  ./weights/model.bin`, 'weights/model.bin'],
  ['--tag', `SHA256 (weights/model (1).bin) = ${A}`, 'weights/model (1).bin'],
])('%s', (_, line, path) => {
  expect(parseSums(`${line}\n`, 'f').entries).toEqual([{ path, sha256: A }]);
});

test('several lines, the last without its end', () => {
  const { kind, whole, entries } = parseSums(`${A}  a\n\n${A}  b`, 'f');
  expect({ kind, whole, paths: entries.map(({ path }) => path) }).toEqual({
    kind: 'sha256sums',
    whole: true,
    paths: ['a', 'b'],
  });
});

test.each<[string, string, RegExp, number | undefined]>([
  ['nothing', '', /names no file/, undefined],
  ['prose', 'hello world', /not as sha256sum writes it/, 1],
  ['an MD5', `${'a'.repeat(32)}  x`, /32 hexadecimal digits, as an MD5 has/, 1],
  ['a SHA-512', `${'a'.repeat(128)}  x`, /as a SHA-512 has/, 1],
  ['capitals', `${A.toUpperCase()}  x`, /capital letters/, 1],
  [
    'a name that leads out',
    `${A}  x\n${A}  ../../etc/passwd`,
    /"\.\.\/\.\.\/etc\/passwd" is refused/,
    2,
  ],
  ['a name twice', `${A}  x\n${A}  ./x`, /"x" is listed twice/, 2],
  ['an escaped line break', `\\${A}  a\\nb`, /refused/, 1],
  ['an escaped backslash', `\\${A}  a\\\\b`, /refused/, 1],
  ['Windows line ends', `${A}  x\r\n${A}  y\r\n`, /Windows line ends/, 1],
  ['a byte order mark', `\ufeff${A}  x`, /byte order mark/, 1],
  ['names that differ by case', `${A}  x\n${A}  X`, /one name on some systems/, 2],
])('refused, with its line: %s', (_, text, message, line) => {
  const [problem] = problemsOf(text);
  expect(problem?.message).toMatch(message);
  expect(problem?.place).toEqual({ file: 'SHA256SUMS', ...(line && { line }) });
});

test('more lines than any model has files are refused', () => {
  const lines = Array.from({ length: 100_001 }, (_, index) => `${A}  ${index}`);
  expect(problemsOf(lines.join('\n'))[0]?.message).toMatch(/more than 100000 entries/);
});
