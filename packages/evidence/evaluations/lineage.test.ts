import { expect, test } from 'vitest';
import { one, readValue, unusable, values } from './reading.fixture.ts';
import { LINEAGE } from './samples.fixture.ts';

test('only the evaluation is read', async () => {
  const reading = await readValue(LINEAGE);
  expect(values(reading)).toEqual({
    perplexity: 11.8,
    mmlu: 0.61,
    'truthfulqa.mc1': 0.31,
    'truthfulqa.mc2': 0.47,
  });
  expect(unusable(reading)).toEqual({ 'benchmarks.2': 'without a name' });
  expect(one(reading, 'mmlu')).toMatchObject({
    samples: 14042,
    standardError: 0.004,
    conditions: { dataset: 'cais/mmlu' },
    origin: { at: '/evaluation/benchmarks/0/score' },
  });
});

test.each([
  [
    { mmlu: 0.6, 'a/b': { score: 0.5, detail: { hard: 0.1 } } },
    { mmlu: 0.6, 'a/b': 0.5, 'a/b.detail.hard': 0.1 },
  ],
  [
    [
      { task: 't', value: 1, f1: 2 },
      { name: 'u', metrics: { a: { b: 3 } } },
    ],
    { t: 1, 't.f1': 2, 'u.a.b': 3 },
  ],
])('benchmarks as %j', async (benchmarks, expected) => {
  expect(values(await readValue({ evaluation: { benchmarks } }))).toEqual(expected);
});

test('texts and lists are no scores', async () => {
  const evaluation = { metrics: { a: '0.9', b: [1] }, benchmarks: { c: null } };
  expect(unusable(await readValue({ evaluation }))).toEqual({
    a: 'the text "0.9"',
    b: 'a list',
    c: 'null',
  });
});
