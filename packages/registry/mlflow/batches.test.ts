import type { Metric } from '@passmuster/core/registry/entities.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchesOf } from './batches.ts';

const metric = (step: number): Metric => ({ key: 'loss', value: step, timestamp: 1, step });
const many = (count: number, prefix: string, value = 'x'): Map<string, string> =>
  new Map(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, value]));

const sizes = ({ metrics = 0, params = 0, tags = 0 }): number[][] =>
  batchesOf({
    metrics: Array.from({ length: metrics }, (_, step) => metric(step)),
    params: many(params, 'p'),
    tags: many(tags, 't'),
  }).map((batch) => [batch.metrics.length, batch.params.length, batch.tags.length]);

test.each([
  [{}, []],
  [{ metrics: 1 }, [[1, 0, 0]]],
  [{ metrics: 1000 }, [[1000, 0, 0]]],
  [
    { metrics: 1001 },
    [
      [1000, 0, 0],
      [1, 0, 0],
    ],
  ],
  [{ metrics: 800, params: 100, tags: 100 }, [[800, 100, 100]]],
  [
    { metrics: 801, params: 100, tags: 100 },
    [
      [800, 100, 100],
      [1, 0, 0],
    ],
  ],
  [
    { params: 101, tags: 1 },
    [
      [0, 100, 0],
      [0, 1, 1],
    ],
  ],
])('%j', (logged, expected) => {
  expect(sizes(logged)).toEqual(expected);
});

test('no call is larger than MLflow documents', () => {
  const batches = batchesOf({
    params: many(100, 'p', 'ü'.repeat(6000)),
    tags: many(100, 't', 'x'.repeat(8000)),
  });
  for (const batch of batches) expect(JSON.stringify(batch).length).toBeLessThan(1_000_000);
  expect(batches.flatMap(({ params }) => params)).toHaveLength(100);
  expect(batches.flatMap(({ tags }) => tags)).toHaveLength(100);
});

test('whatever is logged, all of it is sent once, in order, within the limits', () => {
  const entries = fc.dictionary(fc.string({ maxLength: 3 }), fc.string(), {
    maxKeys: 260,
    size: 'max',
  });
  fc.assert(
    fc.property(fc.nat(2100), entries, entries, (metrics, params, tags) => {
      const logged = {
        metrics: Array.from({ length: metrics }, (_, step) => metric(step)),
        params: new Map(Object.entries(params)),
        tags: new Map(Object.entries(tags)),
      };
      const batches = batchesOf(logged);
      const read = (list: readonly object[]) =>
        list.map((one) => ('key' in one && 'value' in one ? [one.key, one.value] : undefined));
      expect(read(batches.flatMap((batch) => batch.params))).toEqual([...logged.params]);
      expect(read(batches.flatMap((batch) => batch.tags))).toEqual([...logged.tags]);
      expect(batches.flatMap((batch) => batch.metrics)).toEqual(logged.metrics);
      for (const batch of batches) {
        const [m, p, t] = [batch.metrics.length, batch.params.length, batch.tags.length];
        expect(p <= 100 && t <= 100 && m + p + t <= 1000 && m + p + t > 0).toBe(true);
      }
    }),
  );
});

test('numbers that JSON has no word for', () => {
  const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  const [batch] = batchesOf({ metrics: values.map((value) => ({ ...metric(0), value })) });
  expect(batch?.metrics.map((one) => 'value' in one && one.value)).toEqual([
    'NaN',
    'Infinity',
    '-Infinity',
    0,
  ]);
});

test('what it was measured on goes along', () => {
  const dataset = { name: 'd', digest: '1' };
  const [batch] = batchesOf({ metrics: [{ ...metric(0), dataset, modelId: 'm-1' }] });
  expect(batch?.metrics).toEqual([
    { ...metric(0), dataset_name: 'd', dataset_digest: '1', model_id: 'm-1' },
  ]);
});
