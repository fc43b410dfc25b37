import { expect, test } from 'vitest';
import { one, readValue, values } from './reading.fixture.ts';
import { TRANSFORMERS } from './samples.fixture.ts';

test('names stay as they are; samples are those of the same phase', async () => {
  const reading = await readValue(TRANSFORMERS);
  expect(values(reading)).toEqual(TRANSFORMERS);
  expect(one(reading, 'eval_accuracy').samples).toBe(872);
  expect(one(reading, 'train_loss').samples).toBe(67349);
  expect(one(reading, 'epoch')).not.toHaveProperty('samples');
  expect(one(reading, 'eval_samples')).not.toHaveProperty('samples');
});
