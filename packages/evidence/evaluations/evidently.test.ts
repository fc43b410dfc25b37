import { expect, test } from 'vitest';
import { readValue, unusable, values } from './reading.fixture.ts';
import { EVIDENTLY } from './samples.fixture.ts';

test('a value is a number, or has names for its numbers', async () => {
  const reading = await readValue(EVIDENTLY);
  expect(values(reading)).toEqual({
    'RowCount()': 120,
    'MissingValueCount(column=age).count': 6,
    'MissingValueCount(column=age).share': 0.05,
  });
  expect(unusable(reading)).toEqual({ 'Drift()': 'the text "high"' });
  expect(reading.measured[1]?.origin).toMatchObject({ at: '/metrics/1/value/count' });
});
