import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../test/rounds.ts';
import { InputError, type Problem } from './errors.ts';
import { parsePythonJson, parseStrictJson } from './strict-json.ts';

function problem(text: string): Problem {
  try {
    parseStrictJson(text, 'f.json');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [only, ...more] = error.problems;
    expect(more).toEqual([]);
    if (only) return only;
  }
  throw new Error('it was read');
}

test.each([
  'null',
  ' \t\r\n true ',
  '-0',
  '0.5e-3',
  '1E+05',
  '9007199254740991',
  '-9007199254740991',
  '12345678901234567890.5',
  '1e-400',
  '""',
  '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83C\\uDF89🎉é\u007f\u0085\u2028"',
  '[]',
  '{}',
  '[[],{},"",0,null,false]',
  '{"a":{"b":[1,2,{"c":null}]}, "" : 1 , "1": 2, "a\\u0000b": 3, "toString": 4}',
  '[{"a":1,"b":2},{"a":3,"b":4},{"b":5,"a":6},{"ab":7,"a":8},{"a\\n":9,"b":10},{"a\\n":11}]',
  '[{"a\\\\":1},{"a\\"":2},{"a\\\\":3}]',
])('%s is read as JSON.parse reads it', (text) => {
  expect(parseStrictJson(text, 'f.json')).toEqual(JSON.parse(text));
});

test.each([
  ['', 1, 1, 'This is not JSON: found the end of the file, expected a value.'],
  ['{\n  "a": 1,\n}', 3, 1, 'This is not JSON: found `}`, expected a key in double quotes.'],
  ['[1, 2,]', 1, 7, 'This is not JSON: found `]`, expected a value.'],
  ['[1 2]', 1, 4, 'This is not JSON: found `2`, expected `,` or `]`.'],
  ['{"a" 1}', 1, 6, 'This is not JSON: found `1`, expected `:`.'],
  ['{"a": 1', 1, 8, 'This is not JSON: found the end of the file, expected `,` or `}`.'],
  ['{a: 1}', 1, 2, 'This is not JSON: found `a`, expected a key in double quotes.'],
  ["['a']", 1, 2, "This is not JSON: found `'`, expected a value."],
  ['// a', 1, 1, 'This is not JSON: found `/`, expected a value.'],
  ['{} {}', 1, 4, 'This is not JSON: found `{`, expected the end of the file.'],
  ['nul', 1, 1, 'This is not JSON: found `nul`, expected a value.'],
  ['nulls', 1, 5, 'This is not JSON: found `s`, expected the end of the file.'],
  ['\u00a01', 1, 1, 'This is not JSON: found `\\u{a0}`, expected a value.'],
  ['\ufeff{}', 1, 1, 'The file starts with a byte order mark.'],
  ['{"a": 1, "b": 2, "a": 3}', 1, 18, 'The key "a" is written twice.'],
  ['{"a": 1, "\\u0061": 3}', 1, 10, 'The key "a" is written twice.'],
  ['[{"a":1,"b":2},{"a":1,"a":2}]', 1, 23, 'The key "a" is written twice.'],
  ['[{"a\\"":1},{"a"":2}]', 1, 16, 'This is not JSON: found `"`, expected `:`.'],
  ['{"__proto__": {}}', 1, 2, 'The key "__proto__" is not allowed.'],
  ['{"\\u005f_proto__": {}}', 1, 2, 'The key "__proto__" is not allowed.'],
  ['{"constructor": {}}', 1, 2, 'The key "constructor" is not allowed.'],
  ['[{"prototype": {}}]', 1, 3, 'The key "prototype" is not allowed.'],
  ['[1e999]', 1, 2, '`1e999` is not finite.'],
  ['[-1e999]', 1, 2, '`-1e999` is not finite.'],
  [
    '9007199254740992',
    1,
    1,
    '`9007199254740992` is an integer beyond 2^53 - 1, which readers round.',
  ],
  [
    '-9007199254740993',
    1,
    1,
    '`-9007199254740993` is an integer beyond 2^53 - 1, which readers round.',
  ],
  ['[01]', 1, 3, 'This is not JSON: found `1`, expected `,` or `]`.'],
  ['[1.]', 1, 3, 'This is not JSON: found `.`, expected `,` or `]`.'],
  ['[.5]', 1, 2, 'This is not JSON: found `.`, expected a value.'],
  ['[+1]', 1, 2, 'This is not JSON: found `+`, expected a value.'],
  ['[-]', 1, 2, 'This is not JSON: found `-`, expected a value.'],
  ['[0x10]', 1, 3, 'This is not JSON: found `x10`, expected `,` or `]`.'],
  ['["a', 1, 2, 'This text has no closing quote.'],
  ['["a\\"', 1, 2, 'This text has no closing quote.'],
  ['"a\tb"', 1, 3, 'This is not JSON: found `\\u{9}`, expected a text without control characters.'],
  ['"a\nb"', 1, 3, 'This is not JSON: found `\\u{a}`, expected a text without control characters.'],
  ['"\\x41"', 1, 2, '`\\x` is not an escape that JSON has.'],
  ['"\\u12g4"', 1, 2, '`\\u` is not an escape that JSON has.'],
  ['"a\\', 1, 3, '`\\` is not an escape that JSON has.'],
  ['["\\ud800"]', 1, 2, 'This text holds half of a surrogate pair.'],
  ['["\udc00\ud800"]', 1, 2, 'This text holds half of a surrogate pair.'],
  ['"\\u001b[31m" x', 1, 14, 'This is not JSON: found `x`, expected the end of the file.'],
  ['["é🎉", ?]', 1, 9, 'This is not JSON: found `?`, expected a value.'],
])('%j is refused', (text, line, column, message) => {
  const told = problem(text);
  expect(told).toMatchObject({ message, place: { file: 'f.json', line, column } });
  expect(told.excerpt?.split('\n')).toHaveLength(2);
});

test.each(['NaN', '-NaN', 'Infinity', '-Infinity', 'nan', '-inf'])('%s is named', (word) => {
  const { message, hint, place } = problem(`{"loss": ${word}}`);
  expect(message).toBe(`This is not JSON: found \`${word}\`, expected a value.`);
  expect(hint).toMatch(/Python's json writes it.*write null/);
  expect(place?.column).toBe(10);
});

test('64 levels are read, 65 are not, nor is a million', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  expect(parseStrictJson(nested(64), 'f')).toEqual(JSON.parse(nested(64)));
  for (const levels of [65, 1_000_000]) {
    expect(problem(nested(levels))).toMatchObject({
      message: 'The nesting is deeper than 64 levels here.',
      place: { line: 1, column: 65 },
    });
  }
});

test('objects have no prototype', () => {
  const value = parseStrictJson('{"a": [{}]}', 'f') as { a: object[] };
  expect([value, value.a[0]].map(Object.getPrototypeOf)).toEqual([null, null]);
});

test('an object with very many keys is read, and its second key of a name found', () => {
  const keys = Array.from({ length: 20_000 }, (_, index) => `"k${index}":${index}`);
  expect(Object.keys(parseStrictJson(`{${keys.join()}}`, 'f') as object)).toHaveLength(20_000);
  expect(problem(`{${keys.join()},"k7":0}`).message).toBe('The key "k7" is written twice.');
});

/** Whether it holds a key or a number that JSON.parse reads and we refuse. */
function isRefused(value: unknown): boolean {
  if (typeof value === 'number') {
    return !Number.isSafeInteger(value) && /^-?\d+$/.test(String(value));
  }
  if (typeof value !== 'object' || value === null) return false;
  const keys = ['__proto__', 'constructor', 'prototype'];
  return keys.some((key) => Object.hasOwn(value, key)) || Object.values(value).some(isRefused);
}

test('what JSON.parse reads is read as the same, or refused for a key or a number', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary' }), fc.nat(4), (compact, indent) => {
      const value: unknown = JSON.parse(compact);
      const text = JSON.stringify(value, undefined, indent);
      if (isRefused(value)) expect(problem(text).message).toMatch(/^The key|2\^53/);
      else expect(parseStrictJson(text, 'f')).toEqual(value);
    }),
  );
});

test('what is read is what JSON.parse reads, whatever the text', () => {
  const parts = fc.constantFrom(
    ...'{}[],:"\\ \n',
    '"a":',
    '"b"',
    '1',
    '-',
    '.',
    'e5',
    'null',
    '\\u00',
    '\ud800',
  );
  const text = fc.array(parts, { maxLength: 12 }).map((signs) => signs.join(''));
  fc.assert(
    fc.property(text, (json) => {
      try {
        expect(parseStrictJson(json, 'f')).toEqual(JSON.parse(json));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
      }
    }),
    rounds(10_000),
  );
});

test('a million values are read, one more is not', () => {
  const list = (values: number) => `[${Array(values).fill(1).join(',')}]`;
  expect(parseStrictJson(list(999_999), 'f')).toHaveLength(999_999);
  expect(() => parseStrictJson(list(1_000_000), 'f')).toThrow('more than 1000000 values');
});

test.each([
  ['NaN', Number.NaN],
  ['[Infinity, -Infinity]', [Infinity, -Infinity]],
  ['[1e999, -1e999]', [Infinity, -Infinity]],
  ['9007199254740993', 9007199254740992],
  ['"\\ud800"', '\ud800'],
  ['{"constructor": {"prototype": 1}}', { constructor: { prototype: 1 } }],
])('%s is what Python means by it', (text, value) => {
  expect(parsePythonJson(text, 'f')).toEqual(value);
});

test('a key is a key for Python, also where JavaScript has its own', () => {
  const value = parsePythonJson('{"__proto__": {"p": 1}}', 'f') as object;
  expect(Object.getPrototypeOf(value)).toBe(null);
  expect(Object.entries(value)).toEqual([['__proto__', { p: 1 }]]);
});

test.each(['{"a": 1, "a": 2}', '[nan]', '[-NaN]', '[NaNs]', '[+Infinity]', '[inf]', '[1,]', ''])(
  'Python does not write %j either',
  (text) => {
    expect(() => parsePythonJson(text, 'f')).toThrow(InputError);
  },
);
