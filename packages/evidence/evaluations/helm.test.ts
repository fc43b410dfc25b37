import { expect, test } from 'vitest';
import { one, readValue, unusable, values } from './reading.fixture.ts';
import { HELM } from './samples.fixture.ts';

test('the test data as they are make the metric, the rest slices', async () => {
  const reading = await readValue(HELM);
  expect(values(reading)).toEqual({
    exact_match: 0.61,
    'exact_match [perturbation=typos]': 0.52,
    'exact_match [split=valid,sub_split=easy]': 0.7,
    'exact_match [perturbation]': 0.4,
  });
  expect(unusable(reading)).toEqual({ f1_score: 'null' });
  expect(one(reading, 'exact_match').origin).toMatchObject({ at: '/0/mean' });
  expect(one(reading, 'exact_match')).not.toHaveProperty('samples');
});
