import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Input } from './input.ts';
import {
  boolean,
  duration,
  globs,
  integer,
  lines,
  number,
  oneOf,
  percentage,
  secret,
  text,
} from './kinds.ts';

const about = 'For the test.';
const KINDS: Record<string, Input<unknown>> = {
  text: text({ about }),
  secret: secret({ about }),
  boolean: boolean({ about }),
  integer: integer({ about, min: 0, max: 100 }),
  number: number({ about, min: 0 }),
  percentage: percentage({ about }),
  'one of': oneOf(['bound', 'unbound'], { about }),
  lines: lines({ about }),
  globs: globs({ about }),
  duration: duration({ about }),
};

test.each<[string, string, unknown]>([
  ['text', './model', './model'],
  ['text', 'weights für Ω', 'weights für Ω'],
  ['secret', 's3cret', 's3cret'],
  ['boolean', 'true', true],
  ['boolean', 'False', false],
  ['integer', '42', 42],
  ['integer', '+7', 7],
  ['number', '0.25', 0.25],
  ['number', '1e-3', 0.001],
  ['number', '.5', 0.5],
  ['percentage', '25', 25],
  ['percentage', '12.5 %', 12.5],
  ['percentage', '100%', 100],
  ['one of', 'bound', 'bound'],
  ['lines', 'a\n\n  b  \r\nc', ['a', 'b', 'c']],
  ['globs', '*.md\nlogs/**', ['*.md', 'logs/**']],
  ['duration', '90s', 90_000],
  ['duration', '1h30m', 5_400_000],
  ['duration', '250ms', 250],
])('%s reads %j', (kind, raw, value) => {
  expect(KINDS[kind]?.parse(raw)).toEqual({ value });
});

test.each<[string, string, RegExp]>([
  ['text', 'a\nb', /one line.*U\+000A/],
  ['text', 'a\u0000', /U\+0000/],
  ['text', 'a\u2028b', /U\+2028/],
  ['text', 'a\ud800', /U\+D800/],
  ['secret', 'a\nb', /one line/],
  ['boolean', 'yes', /true or false, not "yes"/],
  ['boolean', '1', /true or false/],
  ['integer', '4.5', /whole number/],
  ['integer', '0x10', /whole number.*"0x10"/],
  ['integer', '101', /between 0 and 100, not 101/],
  ['integer', '9007199254740993', /whole number/],
  ['number', '0.95; rm', /a number/],
  ['number', 'NaN', /a number/],
  ['number', 'Infinity', /a number/],
  ['number', '1e999', /a number/],
  ['number', '-1', /at least 0, not -1/],
  ['percentage', '101', /between 0 and 100/],
  ['percentage', '0.5.1', /percentage/],
  ['one of', 'Bound', /bound or unbound, not "Bound"/],
  ['lines', 'a\nb\u001b[31m', /line 2/],
  ['globs', '!keep', /"!keep"/],
  ['duration', '10', /duration such as/],
  ['duration', 'PT10M', /duration such as/],
  ['duration', '', /duration such as/],
])('%s refuses %j', (kind, raw, problem) => {
  const parsed = KINDS[kind]?.parse(raw);
  expect(parsed).toHaveProperty('problem');
  expect((parsed as { problem: string }).problem).toMatch(problem);
});

test('a secret never stands in the message that refuses it', () => {
  expect(JSON.stringify(KINDS['secret']?.parse('hunter2\nhunter3'))).not.toContain('hunter');
});

test('an input’s own check speaks last', () => {
  const even = integer({ about, check: (value) => (value % 2 ? 'must be even' : undefined) });
  expect(even.parse('3')).toEqual({ problem: 'must be even' });
  expect(even.parse('4')).toEqual({ value: 4 });
});

test('whatever is given, a kind answers with a value of its type or one sentence', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(KINDS)),
      fc.string({ unit: 'binary' }),
      (kind, raw) => {
        const parsed = KINDS[kind]?.parse(raw) ?? { problem: '' };
        if ('problem' in parsed) {
          expect(parsed.problem).toMatch(/^(must|holds) /);
          expect(parsed.problem.length).toBeLessThan(500);
        } else if (kind === 'number' || kind === 'integer' || kind === 'percentage') {
          expect(Number.isFinite(parsed.value)).toBe(true);
        } else if (kind === 'text') {
          expect(parsed.value).toBe(raw);
        }
      },
    ),
  );
});

test('what is written as a number is read as that number', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, min: -1e99, max: 1e99 }).map((value) => value || 0),
      (value) => {
        expect(number({ about }).parse(String(value))).toEqual({ value });
      },
    ),
  );
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(integer({ about }).parse(String(value))).toEqual({ value });
    }),
  );
});
