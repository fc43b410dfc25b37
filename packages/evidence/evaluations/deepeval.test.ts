import { expect, test } from 'vitest';
import { one, readValue, unusable, values } from './reading.fixture.ts';
import { DEEPEVAL } from './samples.fixture.ts';

test.each([
  ['as it is saved', DEEPEVAL, '/testRunData/metricsScores/0/scores'],
  ['alone', DEEPEVAL.testRunData, '/metricsScores/0/scores'],
])('a test run %s', async (_, document, at) => {
  const reading = await readValue(document);
  expect(values(reading)).toEqual({
    Faithfulness: 0.75,
    'Faithfulness.pass_rate': 0.25,
    testPassed: 1,
    testFailed: 3,
  });
  expect(one(reading, 'Faithfulness')).toMatchObject({ samples: 2, origin: { at } });
  expect(one(reading, 'Faithfulness.pass_rate').samples).toBe(4);
  expect(reading.remarks).toEqual(['Tests that ended in an error (2) have no score in a mean.']);
});

test('scores and counts that are not all there are not guessed', async () => {
  const metricsScores = [{ metric: 'A', scores: [1, null], passes: 1, fails: 0 }];
  expect(unusable(await readValue({ testCases: [], metricsScores }))).toEqual({
    A: 'without a list of numbers as its scores',
    'A.pass_rate': 'of counts that are not all there',
  });
});
