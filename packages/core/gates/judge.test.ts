import { expect, test } from 'vitest';
import { evidence, measured, type Values } from './evidence.fixture.ts';
import { gateOf } from './gate.fixture.ts';
import { judge } from './judge.ts';

const FAR = 1.7e308;

test.each<[string, Values, Values, number, number, number]>([
  ['a >= 0.85', { a: 0.86 }, {}, 0.86, 0.85, 0.01],
  ['a >= 0.85', { a: 0.85 }, {}, 0.85, 0.85, 0],
  ['a > 0.85', { a: 0.9 }, {}, 0.9, 0.85, 0.05],
  ['a <= 12.5', { a: 12 }, {}, 12, 12.5, 0.5],
  ['a < 12.5', { a: -1 }, {}, -1, 12.5, 13.5],
  ['a == 3', { a: 3 }, {}, 3, 3, 0],
  ['a != 3', { a: 5 }, {}, 5, 3, 2],
  ['a != 3', { a: 1 }, {}, 1, 3, -2],
  ['a >= 0', { a: -0 }, {}, 0, 0, 0],
  ['a >= champion - 0.01', { a: 0.85 }, { a: 0.86 }, 0.85, 0.85, 0],
  ['a >= champion + 0.01', { a: 0.86 }, { a: 0.85 }, 0.86, 0.86, 0],
  ['a <= champion * 1.10', { a: 110 }, { a: 100 }, 110, 110, 0],
  ['a >= champion["b"]', { a: 1 }, { b: 0.5 }, 1, 0.5, 0.5],
  ['a - b <= 0.05', { a: 0.95, b: 0.9 }, {}, 0.05, 0.05, 0],
  ['a / b >= 2', { a: 6, b: 3 }, {}, 2, 2, 0],
  ['abs(a) <= 0.1', { a: -0.1 }, {}, 0.1, 0.1, 0],
  ['min(a, b) >= 1', { a: 1, b: 2 }, {}, 1, 1, 0],
  ['max(a, b, -c) >= 3', { a: 1, b: 2, c: -3 }, {}, 3, 3, 0],
  ['slice["x"].a >= a - 0.1', { a: 0.9, 'slice["x"].a': 0.85 }, {}, 0.85, 0.8, 0.05],
  ['slice["x"].a >= champion', { 'slice["x"].a': 1 }, { 'slice["x"].a': 1 }, 1, 1, 0],
  ['a >= 1e-310', { a: 1e-300 }, {}, 1e-300, 1e-310, 1e-300],
  // 0.1 + 0.2 is 0.30000000000000004.
  ['a <= 0.3', { a: 0.1 + 0.2 }, {}, 0.3, 0.3, 0],
  ['a == 0.3', { a: 0.1 + 0.2 }, {}, 0.3, 0.3, 0],
  ['a >= 0.1 + 0.2', { a: 0.3 }, {}, 0.3, 0.3, 0],
  // A difference that is no rounding counts.
  ['a > 0.3', { a: 0.300000000001 }, {}, 0.300000000001, 0.3, 1e-12],
  ['a != 0.3', { a: 0.300000000001 }, {}, 0.300000000001, 0.3, 1e-12],
])('%s passes with %j and %j', async (text, candidate, champion, value, bound, margin) => {
  const judged = judge(await gateOf(text), evidence(candidate, champion));
  expect(judged).toMatchObject({ verdict: 'pass', reasons: [] });
  expect(judged.value).toBeCloseTo(value, 13);
  expect(judged.bound).toBeCloseTo(bound, 13);
  expect(judged.margin).toBeCloseTo(margin, 13);
});

test.each<[string, Values, Values, string]>([
  ['a >= 0.85', { a: 0.8312 }, {}, '0.8312 is 0.0188 below 0.85.'],
  ['a >= 0.85', { a: 0.84999999 }, {}, '0.84999999 is 1e-8 below 0.85.'],
  ['a <= 0.85', { a: 0.850000000001 }, {}, '0.850000000001 is 9.99978e-13 above 0.85.'],
  ['a > 0.85', { a: 0.5 }, {}, '0.5 is 0.35 below 0.85.'],
  ['a > 0.85', { a: 0.85 }, {}, '0.85 is equal to 0.85 and must be above it.'],
  [
    'a > 0.3',
    { a: 0.1 + 0.2 },
    {},
    '0.30000000000000004 is equal to 0.3, but for rounding, and must be above it.',
  ],
  ['a < 3', { a: 3 }, {}, '3 is equal to 3 and must be below it.'],
  ['a < 3', { a: 7 }, {}, '7 is 4 above 3.'],
  ['a == 3', { a: 4 }, {}, '4 is 1 above 3 and must be equal to it.'],
  ['a == 3', { a: 2 }, {}, '2 is 1 below 3 and must be equal to it.'],
  ['a != 3', { a: 3 }, {}, '3 is equal to 3 and must be another number.'],
  [
    'a != 0.3',
    { a: 0.1 + 0.2 },
    {},
    '0.30000000000000004 is equal to 0.3, but for rounding, and must be another number.',
  ],
  ['a >= champion - 0.01', { a: 0.849 }, { a: 0.86 }, '0.849 is 0.001 below 0.85.'],
  [
    'latency <= champion * 1.1',
    { latency: 1234567 },
    { latency: 1e6 },
    '1234567 is 134567 above 1100000.',
  ],
  ['a >= 0', { a: -1e-300 }, {}, '-1e-300 is 1e-300 below 0.'],
])('%s fails with %j and %j', async (text, candidate, champion, reason) => {
  const judged = judge(await gateOf(text), evidence(candidate, champion));
  expect(judged).toMatchObject({ verdict: 'fail', reasons: [reason] });
});

test.each<[string, number, number]>([
  ['a >= 0.85', 0.8312, -0.0188],
  ['a > 0.85', 0.5, -0.35],
  ['a <= 1', 3, -2],
  ['a < 1', 1, 0],
  ['a == 3', 4, 1],
  ['a == 3', 2, -1],
  ['a != 3', 3, 0],
])('%s with %d fails by %d', async (text, a, margin) => {
  const judged = judge(await gateOf(text), evidence({ a }));
  expect(judged.verdict).toBe('fail');
  expect(judged.margin).toBeCloseTo(margin, 13);
});

const ODD = 'in run r1, which is neither good nor bad enough.';

test.each<[string, Values, Values, string[]]>([
  ['a >= 0.85', {}, {}, ['It has no a.']],
  ['a >= 0.85', { a: Number.NaN }, {}, [`\`a\` of the candidate is NaN ${ODD}`]],
  ['a != 0.85', { a: Number.NaN }, {}, [`\`a\` of the candidate is NaN ${ODD}`]],
  ['a >= 0.85', { a: Infinity }, {}, [`\`a\` of the candidate is infinite ${ODD}`]],
  ['a <= 0.85', { a: -Infinity }, {}, [`\`a\` of the candidate is infinite ${ODD}`]],
  ['a >= 0.85', { a: Number.MAX_VALUE }, {}, [`\`a\` of the candidate is infinite ${ODD}`]],
  ['a <= 0.85', { a: -1.797e308 }, {}, [`\`a\` of the candidate is infinite ${ODD}`]],
  ['a >= champion', { a: 1 }, {}, ['The champion has no a.']],
  ['a >= champion', { a: 1 }, { a: Number.NaN }, [`\`a\` of the champion is NaN ${ODD}`]],
  ['a >= champion', {}, {}, ['It has no a.', 'The champion has no a.']],
  ['a >= min(1, b)', { a: 1 }, {}, ['It has no b.']],
  ['a >= 0 * b', { a: 1, b: Infinity }, {}, [`\`b\` of the candidate is infinite ${ODD}`]],
  [
    'a >= 1 / b',
    { a: 1, b: 0 },
    {},
    ['The right side divides by zero, so that there is no number to compare.'],
  ],
  [
    'a >= 1 / (1 / b)',
    { a: 1, b: 0 },
    {},
    ['The right side divides by zero, so that there is no number to compare.'],
  ],
  [
    'a / b >= 1',
    { a: 0, b: 0 },
    {},
    ['The left side divides by zero, so that there is no number to compare.'],
  ],
  [
    'a * b >= 1',
    { a: 1e200, b: 1e200 },
    {},
    ['The left side is too large, so that there is no number to compare.'],
  ],
  [
    'a <= 1 / (b * 1e300)',
    { a: 1, b: 1e300 },
    {},
    ['The right side is too large, so that there is no number to compare.'],
  ],
  [
    'a >= -b',
    { a: FAR, b: FAR },
    {},
    ['The two sides are too far from each other to say by how much they differ.'],
  ],
  ['slice["x"].a >= 1', { a: 1 }, {}, ['It has no slice["x"].a.']],
  [
    'toxicity/v1/mean <= 0.1',
    {},
    {},
    [
      'It has no toxicity.',
      'It has no v1.',
      'It has no mean.',
      'If `toxicity/v1/mean` is the name of one metric, write `metrics["toxicity/v1/mean"]`.',
    ],
  ],
  ['a >= champoin', { a: 1 }, { a: 1 }, ['It has no champoin.', 'Did you mean `champion`?']],
])('%s is inconclusive with %j and %j', async (text, candidate, champion, reasons) => {
  const judged = judge(await gateOf(text), evidence(candidate, champion));
  expect(judged).toMatchObject({ verdict: 'inconclusive', reasons });
  expect(judged.margin).toBeUndefined();
});

test('one reason is told once', async () => {
  const why = 'The run was deleted.';
  const gone = { candidate: () => ({ why }), champion: { kind: 'none', why } } as const;
  expect(judge(await gateOf('a + b >= 1'), gone).reasons).toEqual([why]);
});

test('what is known of an inconclusive gate is shown', async () => {
  const judged = judge(await gateOf('a >= champion'), evidence({ a: 0.9 }, {}));
  expect(judged).toMatchObject({ value: 0.9, used: [{ of: 'candidate' }] });
  expect(judged.bound).toBeUndefined();
});

test.each(['none', 'itself'] as const)(
  'without a champion (%s) its gates are not applicable',
  async (kind) => {
    const champion = { kind, why: 'There is nothing to compare with.' };
    const { candidate } = evidence({});
    const gate = await gateOf('a >= champion');
    expect(judge(gate, { candidate, champion })).toEqual({
      gate,
      verdict: 'not-applicable',
      reasons: ['There is nothing to compare with.'],
      used: [],
    });
    expect(judge(await gateOf('a >= 1'), { candidate, champion }).verdict).toBe('inconclusive');
  },
);

test('a gate tells which values it was judged by', async () => {
  const gate = await gateOf('a >= max(b, champion.slice["x"].c, champion)');
  const { used } = judge(gate, evidence({ a: 1, b: 2 }, { a: 3, 'slice["x"].c': 4 }));
  expect(used).toEqual([
    { of: 'candidate', measured: measured('a', 1) },
    { of: 'candidate', measured: measured('b', 2) },
    { of: 'champion', measured: measured('c', 4, 'x') },
    { of: 'champion', measured: measured('a', 3) },
  ]);
});
