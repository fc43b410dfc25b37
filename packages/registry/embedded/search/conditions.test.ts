import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { conditionsOf } from './conditions.ts';

const text = (value: string) => ({ kind: 'text', value });

test.each([
  ["name = 'x'", '', 'name', '=', text('x')],
  ['name="x"', '', 'name', '=', text('x')],
  ["name like 'x'", '', 'name', 'LIKE', text('x')],
  ["name NOT LIKE 'x'", '', 'name', 'NOT LIKE', text('x')],
  ["tags.a.b = ''", 'tags', 'a.b', '=', text('')],
  ["tags . a = 'x'", 'tags', 'a', '=', text('x')],
  ["tags.`a b` != 'x'", 'tags', '`a b`', '!=', text('x')],
  ["tags.\"it's\" = 'x'", 'tags', '"it\'s"', '=', text('x')],
  ["name = 'it''s'", '', 'name', '=', text("it''s")],
  ["name = 'a\\'", '', 'name', '=', text('a\\')],
  [
    'metrics.x >= -1.5e-3',
    'metrics',
    'x',
    '>=',
    { kind: 'number', value: -0.0015, written: '-1.5e-3' },
  ],
  ['run_id in (\'a\',"b")', '', 'run_id', 'IN', { kind: 'list', values: ['a', 'b'] }],
  ["run_id not in ('a')", '', 'run_id', 'NOT IN', { kind: 'list', values: ['a'] }],
  ['tags.a is null', 'tags', 'a', 'IS NULL', { kind: 'none' }],
  ['tags.a IS NOT NULL', 'tags', 'a', 'IS NOT NULL', { kind: 'none' }],
])('%s', (filter, entity, key, comparator, operand) => {
  expect(conditionsOf(filter)).toEqual([{ entity, key, comparator, operand }]);
});

test('several, with AND and without', () => {
  expect(conditionsOf("a = 'x' and b = 'y' AND c='z'")).toHaveLength(3);
  expect(conditionsOf("a = 'x' b = 'y'")).toHaveLength(2);
  expect(conditionsOf('')).toEqual([]);
});

test.each([
  '   ',
  'name',
  '=',
  "'",
  "name = 'x' OR name = 'y'",
  "(name = 'x')",
  "NOT name = 'x'",
  "name = 'x';",
  "name = 'x'; DROP TABLE models",
  "name = 'x' -- and no more",
  "name = 'x' /* y */",
  'name = x',
  'name IN ()',
  "name IN ('a'",
  "name IN ('a', 5)",
  'tags.a-b = 1',
  'tags.a IS 5',
  "name = 'x' AND version_number >",
  `${"a = 'x' ".repeat(101)}`,
  `a = '${'x'.repeat(20_000)}'`,
])('%s is refused', (filter) => {
  expect(() => conditionsOf(filter)).toThrow(Refusal);
});

const PIECE = fc.constantFrom(
  ...['name', 'tags.a', '`', "'", '"', '\\', 'x', ' ', '=', '!=', '(', ')', ',', ';', '--', '/*'],
  ...['AND', 'OR', 'NOT', 'IN', 'IS NULL', 'LIKE', '1', '-', '.', '\0', '\u2028', '\ud800', 'é'],
);

describe('hostile filters', () => {
  test('are read or refused, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(PIECE).map((all) => all.join('')),
        ),
        (filter) => {
          try {
            conditionsOf(filter);
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
          }
        },
      ),
    );
  });

  test('a value without its own quote comes through as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        fc.pre(!value.includes("'") && !value.endsWith('\\'));
        expect(conditionsOf(`tags.\`k\` = '${value}'`)).toMatchObject([{ operand: text(value) }]);
      }),
    );
  });
});
