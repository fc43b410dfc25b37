import { expect, test } from 'vitest';
import { one, readValue, unusable, values } from './reading.fixture.ts';
import { LM_EVAL } from './samples.fixture.ts';

test('a metric is named by its task, and by its filter where there is one', async () => {
  expect(values(await readValue(LM_EVAL))).toEqual({
    'mmlu.acc': 0.612,
    'gsm8k.exact_match,strict-match': 0.41,
    'gsm8k.exact_match,flexible-extract': 0.44,
    'wikitext.word_perplexity': 11.25,
  });
});

test('what the file knows of a value goes with it', async () => {
  const reading = await readValue(LM_EVAL);
  expect(one(reading, 'mmlu.acc')).toMatchObject({
    samples: 14042,
    standardError: 0.004,
    better: 'higher',
    conditions: { task: '2', prompt: 'chat template c0ffee', shots: 5, tool: 'lm_eval 0.4.9' },
    origin: { at: '/results/mmlu/acc,none' },
  });
  expect(one(reading, 'gsm8k.exact_match,flexible-extract')).toMatchObject({
    standardError: 0.0137,
    conditions: { dataset: 'b3f1' },
  });
  expect(one(reading, 'wikitext.word_perplexity').better).toBe('lower');
});

test('a standard error of "N/A" is none', async () => {
  const reading = await readValue(LM_EVAL);
  expect(one(reading, 'gsm8k.exact_match,strict-match')).not.toHaveProperty('standardError');
  expect(one(reading, 'gsm8k.exact_match,strict-match')).not.toHaveProperty('samples');
  expect(reading.unusable).toEqual([]);
});

test.each([[10], [0.1], [0], ['10'], [false]])(
  'a run with the limit %j is no evidence',
  async (limit) => {
    const reading = await readValue({ ...LM_EVAL, config: { limit } });
    expect(reading.measured).toEqual([]);
    expect(Object.keys(unusable(reading))).toContain('mmlu.acc');
    expect(unusable(reading)['mmlu.acc']).toMatch(/^of a partial run \(limit .+\)$/);
    expect(reading.remarks.join()).toMatch(/The run was partial.*without `--limit`/);
  },
);

test('a file that was cut down to its results is known by its limit', async () => {
  const reading = await readValue({ results: { t: { acc: 0.5 } }, config: { limit: 10 } });
  expect(unusable(reading)).toEqual({ 't.acc': 'of a partial run (limit 10)' });
});

test('a score that is no number is said to be none', async () => {
  const results = { t: { 'acc,none': 'N/A', 'f1,none': null, acc_stderr: 0.5 } };
  const reading = await readValue({ ...LM_EVAL, results, groups: {} });
  expect(unusable(reading)).toEqual({ 't.acc': 'the text "N/A"', 't.f1': 'null' });
  expect(values(reading)).toEqual({ 't.acc_stderr': 0.5 });
});

test('a group that differs from the task of its name is told beside it', async () => {
  const reading = await readValue({ ...LM_EVAL, groups: { mmlu: { 'acc,none': 0.7 } } });
  const both = reading.measured.filter(({ metric }) => metric === 'mmlu.acc');
  expect(both.map(({ value, origin }) => [value, origin])).toMatchObject([
    [0.612, { at: '/results/mmlu/acc,none' }],
    [0.7, { at: '/groups/mmlu/acc,none' }],
  ]);
});

test('names that JavaScript gives every object are names like others', async () => {
  const results = JSON.parse('{"__proto__": {"constructor,none": 0.5, "toString,none": 1}}');
  expect(values(await readValue({ ...LM_EVAL, results, groups: {} }))).toEqual({
    '__proto__.constructor': 0.5,
    '__proto__.toString': 1,
  });
});

test.each([
  [{ original: 14042, effective: 10 }, 'of a partial run (10 of 14042 samples)'],
  [{ original: 14042, effective: 0 }, 'of a partial run (0 of 14042 samples)'],
])('a task with the samples %j is no evidence, whatever the limit says', async (count, why) => {
  const reading = await readValue({ ...LM_EVAL, 'n-samples': { mmlu: count } });
  expect(unusable(reading)).toEqual({ 'mmlu.acc': why });
  expect(values(reading)).toHaveProperty(['gsm8k.exact_match,strict-match'], 0.41);
});

test.each([[{ original: 10, effective: 10 }], [{ effective: 10 }], [{ original: 10 }], ['10']])(
  'the samples %j are those of a whole run',
  async (count) => {
    const reading = await readValue({ ...LM_EVAL, 'n-samples': { mmlu: count } });
    expect(unusable(reading)).toEqual({});
  },
);

test('a group is as partial as what is in it, however deep', async () => {
  const reading = await readValue({
    results: { part: { acc: 0.5 }, inner: { acc: 0.5 }, whole: { acc: 0.5 } },
    groups: { outer: { acc: 0.5 } },
    group_subtasks: { outer: ['inner', 'whole'], inner: ['part', 7, 'outer'], whole: 'part' },
    configs: {},
    'n-samples': { part: { original: 100, effective: 10 } },
  });
  expect(unusable(reading)).toEqual({
    'part.acc': 'of a partial run (10 of 100 samples)',
    'inner.acc': 'of a partial run (10 of 100 samples of `part`)',
    'outer.acc': 'of a partial run (10 of 100 samples of `part`)',
  });
  expect(values(reading)).toEqual({ 'whole.acc': 0.5 });
});
