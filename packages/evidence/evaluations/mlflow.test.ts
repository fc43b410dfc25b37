import { expect, test } from 'vitest';
import { one, readValue, values } from './reading.fixture.ts';
import { MLFLOW } from './samples.fixture.ts';

test('names with slashes stay whole, and the count of rows goes with them', async () => {
  const reading = await readValue(MLFLOW);
  expect(values(reading)).toEqual(MLFLOW);
  expect(one(reading, 'toxicity/v1/mean')).toMatchObject({
    samples: 640,
    origin: { at: '/toxicity~1v1~1mean' },
  });
  expect(one(reading, 'example_count')).not.toHaveProperty('samples');
});

test('without the count nothing is known of samples', async () => {
  const { example_count: _, ...metrics } = MLFLOW;
  const reading = await readValue(metrics);
  expect(values(reading)).toEqual(metrics);
  expect(one(reading, 'accuracy_score')).not.toHaveProperty('samples');
});
