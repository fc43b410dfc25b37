import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../errors.ts';
import { manifestText, parseDocument } from './document.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const FILES = [
  { path: 'z.bin', size: 3, sha256: B },
  { path: 'a/b', size: 1, sha256: A },
  { path: 'a.txt', size: 2, sha256: A },
];
const TEXT = manifestText(FILES);
const LIST = /\[.*\]/s;

const problemsOf = (text: string): string[] => {
  try {
    parseDocument(text, 'm.json');
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ message }) => message);
    throw error;
  }
  return [];
};

test('the same bytes whatever the order, sorted by code points, a line for each file', () => {
  expect(manifestText(FILES.toReversed())).toBe(TEXT);
  expect(TEXT).toBe(`{
  "passmuster_manifest": 1,
  "root": "sha256:2c771d119629cb31b9d8ec83dbfc1f5476087d154d8110067287873bef0b7c08",
  "model_signing_root": "sha256:1901d0d3ee996691800797a92b94e11502d5a52d0b2e3f71451b3b2475de795b",
  "files": [
    {"path":"a.txt","size":2,"sha256":"${A}"},
    {"path":"a/b","size":1,"sha256":"${A}"},
    {"path":"z.bin","size":3,"sha256":"${B}"}
  ]
}
`);
});

test('what is written is read back', () => {
  const { kind, whole, entries } = parseDocument(TEXT, 'm.json');
  expect({ kind, whole }).toEqual({ kind: 'passmuster', whole: true });
  expect(entries.map(({ path, size, sha256 }) => ({ path, size, sha256 }))).toEqual([
    FILES[2],
    FILES[1],
    FILES[0],
  ]);
});

const withPath = (path: string) => TEXT.replace('"z.bin"', JSON.stringify(path));

test.each<[string, string, RegExp]>([
  ['no JSON', 'files', /m\.json|JSON|found/i],
  ['another format', '{"files": []}', /no manifest that this version reads/],
  ['a later format', TEXT.replace(': 1,', ': 2,'), /no manifest that this version reads/],
  ['an unknown key', TEXT.replace('{\n', '{\n  "ignore": ["*"],\n'), /no key "ignore"/],
  [
    'an extra key in an entry',
    TEXT.replace('"size":2', '"size":2,"mode":7'),
    /Entry 1 .*nothing else/,
  ],
  ['a size as text', TEXT.replace('"size":2', '"size":"2"'), /Entry 1 .*size/],
  ['a negative size', TEXT.replace('"size":2', '"size":-2'), /Entry 1 .*size/],
  [
    'a digest of 32 digits',
    TEXT.replace(A, 'a'.repeat(32)),
    /32 hexadecimal digits, as an MD5 has/,
  ],
  [
    'a root of 32 digits',
    TEXT.replace(/"root": "sha256:\w+/, `"root": "sha256:${'a'.repeat(32)}`),
    /`root` has 32/,
  ],
  ['a root without its kind', TEXT.replace('"root": "sha256:', '"root": "'), /must be sha256:/],
  ['capital digits', TEXT.replace(A, 'A'.repeat(64)), /capital letters/],
  ['no hex', TEXT.replace(A, 'g'.repeat(64)), /not hexadecimal/],
  ['an edited size', TEXT.replace('"size":2', '"size":20'), /`root` is not the digest/],
  ['an edited digest', TEXT.replace(A, 'c'.repeat(64)), /`root` is not the digest/],
  ['a line too few', TEXT.replace(/ *\{"path":"a\.txt.*\n/, ''), /`root` is not the digest/],
  ['no files', TEXT.replace(LIST, '[]'), /names no file/],
  ['a list that is none', TEXT.replace(LIST, '{}'), /must be a list/],
  ['a path twice', withPath('a.txt'), /"a\.txt" is listed twice/],
  ['names that differ by case', withPath('A.TXT'), /one name on some systems/],
  [
    'names that differ by form',
    TEXT.replace('"z.bin"', '"\\u00e9"').replace('"a.txt"', '"e\\u0301"'),
    /one name on some systems/,
  ],
  ['..', withPath('../x'), /refused/],
  ['.. inside', withPath('a/../../b'), /refused/],
  ['absolute', withPath('/etc/passwd'), /refused/],
  ['drive', withPath('C:\\x'), /refused/],
  ['drive, forward', withPath('C:/x'), /refused/],
  ['UNC', withPath('\\\\host\\share\\x'), /refused/],
  ['backslash', withPath('..\\x'), /refused/],
  ['NUL', withPath('a\u0000b'), /refused/],
  ['a control character', withPath('a\u0007b'), /refused/],
  ['a direction override', withPath('a\u202Eb'), /refused/],
  ['__proto__', TEXT.replace('"size":2', '"__proto__":2'), /./],
])('refused: %s', (_, text, problem) => {
  expect(text).not.toBe(TEXT);
  expect(problemsOf(text).join('\n')).toMatch(problem);
});

test('all that is wrong is said at once, but not without end', () => {
  const bad = (index: number) => `{"path":"../${index}","size":1,"sha256":"${A}"}`;
  const many = Array.from({ length: 1000 }, (_, index) => bad(index)).join(',');
  const problems = problemsOf(TEXT.replace(LIST, `[${many}]`));
  expect(problems).toHaveLength(21);
  expect(problems.at(-1)).toBe('… and 980 more like these.');
});

test('more than 100,000 entries are refused', () => {
  const entries = Array.from(
    { length: 100_001 },
    (_, i) => `{"path":"${i}","size":1,"sha256":"${A}"}`,
  );
  expect(problemsOf(TEXT.replace(LIST, `[${entries.join(',')}]`))[0]).toMatch(/more than 100000/);
});

test('no text makes it throw anything but an input error', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json(),
        fc
          .tuple(fc.nat(TEXT.length), fc.nat(5), fc.string({ maxLength: 3 }))
          .map(([at, length, put]) => TEXT.slice(0, at) + put + TEXT.slice(at + length)),
      ),
      (text) => {
        if (problemsOf(text).length === 0)
          expect(parseDocument(text, 'm.json').entries).toHaveLength(3);
      },
    ),
  );
});
