import { expect, test } from 'vitest';
import { one, readValue, unusable, values } from './reading.fixture.ts';
import { BY_GROUP } from './samples.fixture.ts';

const turned = {
  ...BY_GROUP,
  by_group: {
    'F,young': { accuracy: 0.91, recall: 0.81 },
    'M,old': { accuracy: 0.88, recall: 0.7 },
  },
};

const VALUES = {
  accuracy: 0.9,
  recall: 0.8,
  'accuracy [F,young]': 0.91,
  'accuracy [M,old]': 0.88,
  'recall [F,young]': 0.81,
  'recall [M,old]': 0.7,
  'difference.accuracy': 0.03,
  'ratio.accuracy': 0.967,
};

test.each([
  ['metric → group', BY_GROUP, '/by_group/recall/M,old'],
  ['group → metric', turned, '/by_group/M,old/recall'],
])('groups are slices: %s', async (_, dump, at) => {
  const reading = await readValue(dump);
  expect(values(reading)).toEqual(VALUES);
  expect(one(reading, 'recall', 'M,old')).toMatchObject({ samples: 80, origin: { at } });
  expect(one(reading, 'recall')).not.toHaveProperty('samples');
});

test('one metric alone has no name but overall', async () => {
  const reading = await readValue({ overall: 0.9, by_group: { a: 0.8, b: null }, difference: 0.1 });
  expect(values(reading)).toEqual({ overall: 0.9, 'overall [a]': 0.8, difference: 0.1 });
  expect(unusable(reading)).toEqual({ 'overall [b]': 'null' });
});

test.each([
  [{ overall: { accuracy: 1 }, by_group: { x: { y: 0.5 } } }],
  [{ overall: { a: 1 }, by_group: { a: { a: 0.5 } } }],
])('%j does not tell metrics from groups, and is not guessed at', async (dump) => {
  const reading = await readValue(dump);
  expect(reading.measured.every(({ slice }) => slice === undefined)).toBe(true);
  expect(Object.values(unusable(reading)).join()).toMatch(/either a metric or a group/);
});
