import { expect, test } from 'vitest';
import { one, readValue, unusable, values } from './reading.fixture.ts';
import { INSPECT } from './samples.fixture.ts';

test('each scorer has its metrics', async () => {
  const reading = await readValue(INSPECT);
  expect(values(reading)).toEqual({ 'match.accuracy': 0.75 });
  expect(one(reading, 'match.accuracy')).toMatchObject({
    samples: 98,
    standardError: 0.04,
    conditions: { dataset: 'gsm8k', task: 'math' },
    origin: { at: '/results/scores/0/metrics/accuracy/value' },
  });
  expect(reading.remarks).toEqual(['The scorer "match" left out 2 samples.']);
});

test.each([
  [{ status: 'error' }, 'of a run with the status "error"'],
  [{ status: 'started' }, 'of a run with the status "started"'],
  [{ status: null }, 'of a run with the status empty (null)'],
  [{ invalidated: true }, 'of a run that was invalidated'],
])('%j is no evidence', async (change, why) => {
  const reading = await readValue({ ...INSPECT, ...change });
  expect(unusable(reading)).toEqual({ 'match.accuracy': why });
  expect(reading.measured).toEqual([]);
  expect(reading.remarks[0]).toBe(`The log is no evidence: it is ${why}.`);
});

const completing = (total: unknown, completed: unknown) => ({
  results: { ...INSPECT.results, total_samples: total, completed_samples: completed },
});

test('a run that did not come to its end is no evidence', async () => {
  const reading = await readValue({ ...INSPECT, ...completing(100, 60) });
  const why = 'of a partial run (60 of 100 samples)';
  expect(unusable(reading)).toEqual({ 'match.accuracy': why });
  expect(reading.measured).toEqual([]);
  expect(reading.remarks).toEqual([
    `The log is no evidence: it is ${why}.`,
    'The scorer "match" left out 2 samples.',
  ]);
});

test.each([
  ['more than there were', completing(100, 101), 'Of 100 samples, 101 were completed.'],
  ['nobody says how many', completing(100, null), 'Of 100 samples, empty (null) were completed.'],
  [
    'fewer, of a run that failed',
    { ...completing(100, 60), status: 'error' },
    'Of 100 samples, 60 were completed.',
  ],
])('samples that were completed are told of: %s', async (_, change, remark) => {
  expect((await readValue({ ...INSPECT, ...change })).remarks).toContain(remark);
});
