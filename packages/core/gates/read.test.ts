import { expect, test } from 'vitest';
import { gateOf, problemsOf, said, understood } from './gate.fixture.ts';
import { LONGEST_GATE } from './gate.ts';
import { readGates } from './read.ts';

/** What was written, and what was understood; `^` stands before what is the champion's. */
const GOOD: [string, string][] = [
  ['perplexity <= 12.5', 'perplexity <= 12.5'],
  ['accuracy<1', 'accuracy < 1'],
  ['accuracy > 0', 'accuracy > 0'],
  ['accuracy>=0.60', 'accuracy >= 0.6'],
  ['failed == 0', 'failed == 0'],
  ['epoch != 3', 'epoch != 3'],
  ['  accuracy  >=\t0.9 ', 'accuracy >= 0.9'],
  ['(accuracy) >= (0.9)', 'accuracy >= 0.9'],
  ['accuracy >= 0.9 # as agreed', 'accuracy >= 0.9'],
  ['a >= 1e-3', 'a >= 0.001'],
  ['a >= 1.5E+3', 'a >= 1500'],
  ['a >= 1e5', 'a >= 100000'],
  ['a >= 08', 'a >= 8'],
  ['a >= 0', 'a >= 0'],
  ['a >= 9007199254740993', 'a >= 9007199254740992'],
  ['a >= 18446744073709551616', 'a >= 18446744073709552000'],
  ['a >= -1', 'a >= -1'],
  ['a >= --1', 'a >= --1'],
  ['-a <= -0.5', '-a <= -0.5'],
  ['a >= 1 + 2 * 3', 'a >= (1 + (2 * 3))'],
  ['a >= (1 + 2) * 3', 'a >= ((1 + 2) * 3)'],
  ['a >= 8 / 4 / 2', 'a >= ((8 / 4) / 2)'],
  ['a >= 1 - 2 - 3', 'a >= ((1 - 2) - 3)'],
  ['a >= 2 * -3', 'a >= (2 * -3)'],
  ['a >= champion', 'a >= ^a'],
  ['a >= champion - 0.01', 'a >= (^a - 0.01)'],
  ['a >= 0.99 * champion', 'a >= (0.99 * ^a)'],
  ['latency_p95_ms <= champion * 1.10', 'latency_p95_ms <= (^latency_p95_ms * 1.1)'],
  ['a >= (champion + 0.9) / 2', 'a >= ((^a + 0.9) / 2)'],
  ['a >= max(champion, 0.8)', 'a >= max(^a, 0.8)'],
  ['a >= min(champion, 0.95) - 0.01', 'a >= (min(^a, 0.95) - 0.01)'],
  ['a >= champion["b"]', 'a >= ^b'],
  ["a >= champion['b']", 'a >= ^b'],
  ['a >= champion.b', 'a >= ^b'],
  ['a >= champion.b.c', 'a >= ^b.c'],
  ['a >= champion["x/y"] - champion', 'a >= (^metrics["x/y"] - ^a)'],
  ['a >= champion.slice["g=1"].b', 'a >= ^slice["g=1"].b'],
  ['a >= champion.slice["g=1"]["x/y"]', 'a >= ^slice["g=1"]["x/y"]'],
  ['a >= champion["slice"]', 'a >= ^metrics["slice"]'],
  ['abs(bias) <= 0.1', 'abs(bias) <= 0.1'],
  ['abs(bias) <= abs(champion)', 'abs(bias) <= abs(^bias)'],
  ['min(a, b) >= 0.5', 'min(a, b) >= 0.5'],
  ['max(a, b, c) <= 1', 'max(a, b, c) <= 1'],
  ['max(a,1) <= min(b,2)', 'max(a, 1) <= min(b, 2)'],
  ['min(a, a) >= champion', 'min(a, a) >= ^a'],
  ['abs(a - b) <= 0.05', 'abs((a - b)) <= 0.05'],
  ['a - b <= 0.05', '(a - b) <= 0.05'],
  ['a - 0.5 >= champion', '(a - 0.5) >= ^a'],
  ['a/b >= 2', '(a / b) >= 2'],
  ['100 * a >= 85', '(100 * a) >= 85'],
  ['a - b >= champion["a"] - champion["b"]', '(a - b) >= (^a - ^b)'],
  ['p95 <= 2 * p50', 'p95 <= (2 * p50)'],
  ['a >= b', 'a >= b'],
  ['a >= a - b', 'a >= (a - b)'],
  ['a >= champion - (a - champion)', 'a >= (^a - (a - ^a))'],
  ['mmlu.acc >= 0.6', 'mmlu.acc >= 0.6'],
  ['eval.f1.macro >= champion', 'eval.f1.macro >= ^eval.f1.macro'],
  ['a.for.metrics.champion >= 1', 'a.for.metrics.champion >= 1'],
  ['_private >= 1', '_private >= 1'],
  ['Accuracy >= 1', 'Accuracy >= 1'],
  ['min >= 1', 'min >= 1'],
  ['abs >= max', 'abs >= max'],
  ['metrics["accuracy"] >= 1', 'accuracy >= 1'],
  ['metrics["toxicity/v1/mean"] <= 0.1', 'metrics["toxicity/v1/mean"] <= 0.1'],
  ['metrics["acc,none"] >= champion', 'metrics["acc,none"] >= ^metrics["acc,none"]'],
  ["metrics['f1@5'] >= 0.5", 'metrics["f1@5"] >= 0.5'],
  ['metrics["a # b"] >= 1 # c', 'metrics["a # b"] >= 1'],
  ['metrics["a//b"] >= 1', 'metrics["a//b"] >= 1'],
  ['metrics["1,5"] >= 1', 'metrics["1,5"] >= 1'],
  ['metrics["a \\"b\\" \\\\"] >= 1', 'metrics["a \\"b\\" \\\\"] >= 1'],
  ['metrics["\\u00e9"] >= 1', 'metrics["é"] >= 1'],
  ['metrics["genauigkeit in %"] >= 85', 'metrics["genauigkeit in %"] >= 85'],
  ['metrics["a && b"] >= 1', 'metrics["a && b"] >= 1'],
  ['metrics["champion"] >= 1', 'metrics["champion"] >= 1'],
  ['metrics["metrics.a"] >= 1', 'metrics["metrics.a"] >= 1'],
  ['metrics[" "] >= 1', 'metrics[" "] >= 1'],
  ['metrics[r"a\\b"] >= 1', 'metrics["a\\\\b"] >= 1'],
  ['slice["g=1"].a >= 0.7', 'slice["g=1"].a >= 0.7'],
  ['slice["g=1"].a.b >= 0.7', 'slice["g=1"].a.b >= 0.7'],
  ['slice["g=1"]["a/b"] >= 0.7', 'slice["g=1"]["a/b"] >= 0.7'],
  ['slice["g=1"].a >= champion', 'slice["g=1"].a >= ^slice["g=1"].a'],
  ['slice["g=1"].a >= champion["a"]', 'slice["g=1"].a >= ^a'],
  ['slice["g=1"].a >= a - 0.1', 'slice["g=1"].a >= (a - 0.1)'],
  [
    'abs(slice["g=1"].a - slice["g=2"].a) <= 0.05',
    'abs((slice["g=1"].a - slice["g=2"].a)) <= 0.05',
  ],
];

test.each(GOOD)('%s', async (text, meaning) => {
  const { left, comparison, right } = await gateOf(text);
  expect(`${understood(left)} ${comparison} ${understood(right)}`).toBe(meaning);
});

test.each([
  ['a >= 1', ['a'], [], 'higher'],
  ['a > 1', ['a'], [], 'higher'],
  ['a <= 1', ['a'], [], 'lower'],
  ['slice["x"].a < champion', ['slice["x"].a'], ['slice["x"].a'], 'lower'],
  ['a == 1', ['a'], [], undefined],
  ['a != champion', ['a'], ['a'], undefined],
  ['-a >= 1', ['a'], [], undefined],
  ['abs(a) <= 1', ['a'], [], undefined],
  ['a - b >= 1', ['a', 'b'], [], undefined],
  ['a >= max(b, a, champion.c, champion)', ['a', 'b'], ['c', 'a'], 'higher'],
  ['slice["x"].a >= a', ['slice["x"].a', 'a'], [], 'higher'],
])('what %s needs', async (text, candidate, champion, better) => {
  const gate = await gateOf(text);
  expect(
    gate.candidate.map(({ metric, slice }) => (slice ? `slice["${slice}"].` : '') + metric),
  ).toEqual(candidate);
  expect(
    gate.champion.map(({ metric, slice }) => (slice ? `slice["${slice}"].` : '') + metric),
  ).toEqual(champion);
  expect(gate.better).toBe(better);
});

test('a gate keeps who said it, and where', async () => {
  const place = { file: 'passmuster.yaml', line: 4, column: 9 };
  const gate = await gateOf('a >= 1', { place, level: 'warn', from: 'the policy' });
  expect(gate).toMatchObject({ text: 'a >= 1', place, level: 'warn', from: 'the policy' });
});

test('what is said twice is one gate, of whoever says it first', async () => {
  const gates = await readGates([
    said('a >= 1', { from: 'one' }),
    said('a >= 1 # again', { from: 'two' }),
    said('a >= 1', { from: 'three', level: 'warn' }),
    said('b >= 1', { from: 'four' }),
  ]);
  expect(gates.map(({ text, level, from }) => [text, level, from])).toEqual([
    ['a >= 1', 'fail', 'one'],
    ['a >= 1', 'warn', 'three'],
    ['b >= 1', 'fail', 'four'],
  ]);
});

test('all mistakes of all lines are told together, each where it stands', async () => {
  const place = { file: 'passmuster.yaml', line: 4, column: 9 };
  const problems = await problemsOf([
    said('a = 1', { place }),
    said('a >= 1'),
    said('sqrt(a) > "0.9"', { from: 'line 3 of the input `gates`' }),
    said('a = 1'),
  ]);
  expect(problems.map(({ message, place, excerpt }) => [message, place, excerpt])).toEqual([
    ['Found `=`, which is no comparison.', place, 'a = 1\n  ^'],
    [
      'In line 3 of the input `gates`: There is no function `sqrt`.',
      undefined,
      'sqrt(a) > "0.9"\n^',
    ],
    [
      'In line 3 of the input `gates`: Found the text "0.9", expected a number.',
      undefined,
      'sqrt(a) > "0.9"\n          ^',
    ],
    ['In a test: Found `=`, which is no comparison.', undefined, 'a = 1\n  ^'],
  ]);
});

test('of very many mistakes the first are told, and how many more there are', async () => {
  const problems = await problemsOf(Array.from({ length: 250 }, (_, index) => said(`a${index} =`)));
  expect(problems).toHaveLength(101);
  expect(problems.at(-1)?.message).toBe('There are more problems (150) that are not shown.');
});

test('a gate is as long as it may be, and no longer', async () => {
  const longest = `a >= ${'1'.repeat(300)} + ${' '.repeat(LONGEST_GATE - 309)}1`;
  expect(longest).toHaveLength(LONGEST_GATE);
  expect(await gateOf(longest)).toBeDefined();
  const [problem] = await problemsOf([said(`${longest}1`)]);
  expect(problem?.message).toBe('In a test: The gate has 1001 characters; 1000 are allowed.');
});

test('no gates are none', async () => {
  expect(await readGates([])).toEqual([]);
});
