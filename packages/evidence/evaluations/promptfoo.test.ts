import { expect, test } from 'vitest';
import { one, readValue, unusable, values } from './reading.fixture.ts';
import { PROMPTFOO } from './samples.fixture.ts';

const withStats = (stats: object, results: unknown = PROMPTFOO.results.results) => ({
  results: { stats, results },
});

test('errors did not pass', async () => {
  const reading = await readValue(PROMPTFOO);
  expect(values(reading)).toEqual({
    pass_rate: 0.5,
    successes: 2,
    failures: 1,
    errors: 1,
    score: 0.375,
    latencyMs: 200,
    cost: 0.5,
    'namedScores.Tone': 0.75,
  });
  expect(one(reading, 'pass_rate').samples).toBe(4);
  expect(one(reading, 'namedScores.Tone').samples).toBe(2);
  expect(reading.remarks).toContain(
    '`namedScores.Tone` has no number in 2 of 4 rows; its mean is over the rest.',
  );
});

test('errors that an older version did not count are in the rows', async () => {
  const reading = await readValue(withStats({ successes: 2, failures: 1 }));
  expect(one(reading, 'pass_rate').value).toBe(0.5);
});

test.each([
  [{ successes: 2, failures: 1 }, undefined, 'of counts that are not all there'],
  [{ successes: 2, errors: 1 }, [], 'of counts that are not all there'],
  [{ successes: '2', failures: 1, errors: 1 }, [], 'of counts that are not all there'],
  [{ successes: 5, failures: -4, errors: 0 }, [], 'of counts that are not all there'],
  [{ successes: 5, failures: 1 }, [{}], 'of counts that are not all there'],
  [{ successes: 0, failures: 0, errors: 0 }, [], 'of no test at all'],
  [{ successes: 2, failures: 0, errors: 0 }, [{}, {}, {}], 'of counts for 2 tests, and 3 results'],
])('%j with the rows %j is no pass rate', async (stats, rows, why) => {
  const reading = await readValue({ results: { stats, results: rows } });
  expect(unusable(reading)['pass_rate']).toBe(why);
  expect(values(reading)).not.toHaveProperty('pass_rate');
});

test('several providers are said to be together', async () => {
  const rows = [{ provider: 'a' }, { provider: { id: 'b' } }];
  const reading = await readValue(withStats({ successes: 2, failures: 0, errors: 0 }, rows));
  expect(reading.remarks).toContain('The values are over 2 providers together.');
});

const scored = (namedScores: object) => ({ score: 1, namedScores });

test('a score that is there and no number leaves no mean over the rest', async () => {
  const rows = [scored({ Tone: 1 }), scored({ Tone: null }), scored({})];
  const reading = await readValue(withStats({ successes: 3, failures: 0, errors: 0 }, rows));
  expect(values(reading)).not.toHaveProperty(['namedScores.Tone']);
  expect(unusable(reading)).toEqual({
    'namedScores.Tone': 'a column of which 1 of 2 rows hold no number (row 2: empty (null))',
  });
});

test('many scores that are not in every row are told of in few words', async () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`c${index}`, 1]));
  const rows = [scored(many), scored({})];
  const { remarks } = await readValue(withStats({ successes: 2, failures: 0, errors: 0 }, rows));
  expect(remarks).toHaveLength(21);
  expect(remarks.at(-1)).toBe('So it is with 10 more columns.');
});
