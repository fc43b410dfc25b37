import { expect, test } from 'vitest';
import { one, readValue, unusable, values } from './reading.fixture.ts';
import { CLASSIFICATION } from './samples.fixture.ts';

test('classes are slices with their support, averages are metrics', async () => {
  const reading = await readValue(CLASSIFICATION);
  expect(values(reading)).toMatchObject({
    accuracy: 0.852,
    'macro avg.f1-score': 0.842,
    'weighted avg.recall': 0.852,
    'recall [class=dog]': 0.92,
  });
  expect(one(reading, 'recall', 'class=dog')).toMatchObject({
    samples: 60,
    origin: { at: '/dog/recall' },
  });
  expect(one(reading, 'accuracy').samples).toBe(100);
  expect(Object.keys(values(reading)).join()).not.toContain('support');
});

test('any class has its own name', async () => {
  const { cat: row } = CLASSIFICATION;
  const classes = JSON.parse(
    `{"__proto__": ${JSON.stringify(row)}, "a/b.c": ${JSON.stringify(row)}}`,
  );
  const reading = await readValue({ ...CLASSIFICATION, ...{ 'micro avg': row }, 0: row });
  expect(one(reading, 'micro avg.recall').value).toBe(0.75);
  expect(one(reading, 'recall', 'class=0').value).toBe(0.75);
  const text = JSON.stringify(classes).replace('}}', `}, "macro avg": ${JSON.stringify(row)}}`);
  const hostile = await readValue(JSON.parse(text));
  expect(one(hostile, 'recall', 'class=__proto__').value).toBe(0.75);
  expect(one(hostile, 'recall', 'class=a/b.c').origin).toMatchObject({ at: '/a~1b.c/recall' });
});

test('a cell that is no number is said to be none', async () => {
  const cat = { ...CLASSIFICATION.cat, recall: null };
  expect(unusable(await readValue({ ...CLASSIFICATION, cat }))).toEqual({
    'recall [class=cat]': 'null',
  });
});
