import { InputError } from '@passmuster/core/errors.ts';
import { parsePythonJson } from '@passmuster/core/strict-json.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { readJson } from './json.ts';

function outcome(read: (text: string, file: string) => unknown, text: string): unknown {
  try {
    return JSON.stringify(read(text, 'f.json'), (_, value) =>
      typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
    );
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

test.each([
  '{"a": 1, "a": 2}',
  '{"a": 1, "\\u0061": 2}',
  '{"a": ":", "a": 2}',
  '{"a": "\\u003a", "a": 2}',
  '{"a": "\\u003A:", "b": ":", "a": 2}',
  '{"\\u003a": 1, "x": 1, "x": 2}',
  '{":": {"b:c": ["::", {"d": ":"}]}}',
  '[{"a": NaN}]',
  '{"a": 1e999, "b": 12345678901234567890, "c": "\\ud800", "__proto__": 1}',
  `${'['.repeat(64)}${']'.repeat(64)}`,
  `${'['.repeat(65)}${']'.repeat(65)}`,
  `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`,
  '{"a": 1',
  '',
  'undefined',
])('it is read as our own parser reads it, %#', (text) => {
  expect(outcome(readJson, text)).toEqual(outcome(parsePythonJson, text));
});

test('whatever the text, it is read as our own parser reads it', () => {
  const parts = fc.constantFrom(
    ...'{}[],:"\\ ',
    '"a":',
    '":":',
    '"\\u003a"',
    '"b:"',
    '1',
    'NaN',
    '-Infinity',
    'null',
  );
  const broken = fc.array(parts, { maxLength: 14 }).map((signs) => signs.join(''));
  const key = fc.constantFrom('"a"', '"b"', '":"', '"\\u003a"', '"\\u0061"', '"__proto__"');
  const member = fc.tuple(key, fc.constantFrom('1', '":"', '"\\u003A"', '{"a":1}', '[{}]', 'NaN'));
  const whole = fc
    .array(
      member.map(([name, value]) => `${name}:${value}`),
      { maxLength: 5 },
    )
    .map((members) => `{${members}}`);
  fc.assert(
    fc.property(fc.oneof(broken, whole, fc.json()), (text) => {
      expect(outcome(readJson, text)).toEqual(outcome(parsePythonJson, text));
    }),
    rounds(10_000),
  );
});

test('millions of brackets are refused before they fill the memory', () => {
  expect(() => readJson(`[${'[],'.repeat(4_000_001)}[]]`, 'f')).toThrow('more than 4000000 values');
  expect(() => readJson(`[${'1,'.repeat(4_000_001)}1]`, 'f')).toThrow('more than 4000000 values');
});
