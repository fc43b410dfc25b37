import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { gateOf } from './gate.fixture.ts';
import { metricText } from './metric-text.ts';

test.each([
  ['accuracy', 'accuracy'],
  ['mmlu.acc', 'mmlu.acc'],
  ['_a1', '_a1'],
  ['a.for', 'a.for'],
  ['abs', 'abs'],
  ['for', 'metrics["for"]'],
  ['for.a', 'metrics["for.a"]'],
  ['a.in', 'metrics["a.in"]'],
  ['champion', 'metrics["champion"]'],
  ['NaN', 'metrics["NaN"]'],
  ['metrics.a', 'metrics["metrics.a"]'],
  ['5shot', 'metrics["5shot"]'],
  ['a.', 'metrics["a."]'],
  ['a b', 'metrics["a b"]'],
  ['é', 'metrics["é"]'],
  ['a"b\\c', 'metrics["a\\"b\\\\c"]'],
  ['a\nb', 'metrics["a\\u000ab"]'],
  ['a\u202eb', 'metrics["a\\u202eb"]'],
  ['a\u{e0001}b', 'metrics["a\\U000e0001b"]'],
])('%j is written %s', async (metric, written) => {
  expect(metricText({ metric })).toBe(written);
  expect((await gateOf(`${written} >= 1`)).candidate).toEqual([{ metric }]);
});

const PIECES = [
  ...'ab_09."\'\\#[](){}=<>!+-*/%&|?:;,`$@é漢🎉 \t\n\r\0\u2028\u202e\u200b'.split(''),
  'champion',
  'metrics',
  'slice',
  'for',
  'in',
  'true',
  'NaN',
  '//',
  '\\u',
  '\\"',
  '"]',
  '.',
];

const name = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
    fc
      .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 })
      .map((all) => all.join('')),
    fc
      .array(fc.constantFrom('a', 'for', 'in', '5'), { minLength: 1, maxLength: 50 })
      .map((all) => all.join('.')),
  )
  .filter((text) => text.isWellFormed());

test('what is written for a name is read as that name, and is one visible line', async () => {
  await fc.assert(
    fc.asyncProperty(name, fc.option(name, { nil: undefined }), async (metric, slice) => {
      const meant = slice === undefined ? { metric } : { metric, slice };
      const written = metricText(meant);
      expect(written).not.toMatch(/[\p{C}\u2028\u2029]/u);
      const { candidate, champion } = await gateOf(`${written} >= champion # why`);
      expect(candidate).toEqual([meant]);
      expect(champion).toEqual([meant]);
    }),
    rounds(20_000),
  );
});
