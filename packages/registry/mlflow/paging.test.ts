import { expect, test } from 'vitest';
import { type Answered, type Asked, no, serving } from './serving.fixture.ts';

const REFUSED = no(400, 'INVALID_PARAMETER_VALUE');
const ALL = Array.from({ length: 10 }, (_, index) => index + 1);

interface Powers {
  readonly canOrder: boolean;
  /** What a filter by number meets. */
  readonly byNumber: 'does' | 'refuses' | 'ignores';
}

/** Pages of three, by offset, of ten versions of one model. */
const searching =
  ({ canOrder, byNumber }: Powers) =>
  ({ query }: Asked): Answered => {
    const order = query.get('order_by');
    if (order !== null && !canOrder) return REFUSED;
    const [, sign, bound] = /version_number ([<>]) (\d+)/.exec(query.get('filter') ?? '') ?? [];
    if (bound !== undefined && byNumber === 'refuses') return REFUSED;
    const isNumbered = bound !== undefined && byNumber === 'does';
    const isIn = (one: number): boolean =>
      !isNumbered || (sign === '<' ? one < Number(bound) : one > Number(bound));
    const sorted = order === 'version_number DESC' ? ALL.toReversed() : ALL;
    const found = sorted.filter(isIn);
    const start = Number(query.get('page_token') ?? 0);
    const versions = found.slice(start, start + 3);
    const next = start + 3 < found.length ? String(start + 3) : undefined;
    return {
      body: {
        model_versions: versions.map((one) => ({ name: 'm', version: String(one) })),
        ...(next && { next_page_token: next }),
      },
    };
  };

const POWERS: Powers[] = [true, false].flatMap((canOrder) =>
  (['does', 'refuses', 'ignores'] as const).map((byNumber) => ({ canOrder, byNumber })),
);

test.each(POWERS)('can order: $canOrder, a filter by number it $byNumber', async (powers) => {
  const { registry } = await serving(searching(powers));
  for (const order of ['oldest', 'newest'] as const) {
    const expected = (order === 'oldest' ? ALL : ALL.toReversed()).map(String);
    for (const most of [1, 3, 4, 10, 11, undefined]) {
      const query = { model: 'm', order, ...(most !== undefined && { most }) };
      const found = await Array.fromAsync(registry.versions(query), ({ number }) => number);
      expect(found).toEqual(expected.slice(0, most));
    }
  }
});

test('the next page begins behind the last number, and is not asked for twice', async () => {
  const { registry, asked } = await serving(searching({ canOrder: true, byNumber: 'does' }));
  await Array.fromAsync(registry.versions({ model: 'm', order: 'oldest' }));
  expect(asked.map(({ query }) => query.get('filter'))).toEqual([
    "name = 'm'",
    "name = 'm' AND version_number > 3",
    "name = 'm' AND version_number > 6",
    "name = 'm' AND version_number > 9",
  ]);
  expect(asked.every(({ query }) => query.get('page_token') === null)).toBe(true);
});

test('who wants no more asks for no more', async () => {
  const { registry, asked } = await serving(searching({ canOrder: true, byNumber: 'does' }));
  const one = registry.versions({ model: 'm', most: 1 });
  expect(await Array.fromAsync(one)).toHaveLength(1);
  for await (const _ of registry.versions({ model: 'm' })) break;
  expect(asked.map(({ query }) => query.get('max_results'))).toEqual(['10', '1000']);
});

test('a server that takes no notice of the order is sorted here', async () => {
  const versions = ['2', '10', '9'].map((version) => ({ name: 'm', version }));
  const { registry } = await serving(() => ({ body: { model_versions: versions } }));
  for (const most of [1, 3]) {
    const query = { model: 'm', most };
    const found = await Array.fromAsync(registry.versions(query), ({ number }) => number);
    expect(found).toEqual(['10', '9', '2'].slice(0, most));
  }
});

test('a server that takes no notice of the filter is filtered here', async () => {
  const versions = [
    { name: 'm', version: '1', run_id: 'r' },
    { name: 'other', version: '1', run_id: 'r' },
    { name: 'm', version: '1' },
  ];
  const { registry } = await serving(() => ({ body: { model_versions: versions } }));
  expect(await Array.fromAsync(registry.versions({ model: 'm', runId: 'r' }))).toHaveLength(1);
});

test('what moved on to the next page comes once', async () => {
  const { registry } = await serving(({ query }) => {
    if (query.get('filter')?.includes('version_number')) return REFUSED;
    const isFirst = query.get('page_token') === null;
    const numbers = isFirst ? ['5', '4', '3'] : ['4', '3', '2'];
    const versions = numbers.map((version) => ({ name: 'm', version }));
    return { body: { model_versions: versions, ...(isFirst && { next_page_token: 'a' }) } };
  });
  const found = await Array.fromAsync(registry.versions({ model: 'm' }), ({ number }) => number);
  expect(found).toEqual(['5', '4', '3', '2']);
});

test('pages in a circle end', async () => {
  const { registry } = await serving(() => ({
    body: { next_page_token: 'a', registered_models: [{ name: 'm' }] },
  }));
  const failure = { reason: 'unanswered', effect: 'none', lasting: true };
  for (const items of [registry.models({}), registry.versions({}), registry.experiments()]) {
    await expect(Array.fromAsync<unknown>(items)).rejects.toMatchObject({ failure });
  }
});

test('a search that fails is not asked in another way', async () => {
  const { registry, asked } = await serving(() => no(500, 'INTERNAL_ERROR'));
  await expect(Array.fromAsync(registry.versions({ model: 'm' }))).rejects.toThrow();
  await expect(Array.fromAsync(registry.models({ nameLike: 'm' }))).rejects.toThrow();
  expect(asked).toHaveLength(2);
});

test('history: as many as there are, whatever was asked for', async () => {
  const metric = (step: number) => ({ key: 'loss', value: step, timestamp: 0, step });
  const { registry, asked } = await serving(({ query }) =>
    query.get('page_token') === null
      ? { body: { metrics: [1, 1, 2].map(metric), next_page_token: 'a' } }
      : { body: { metrics: [metric(3)] } },
  );
  const history = await Array.fromAsync(registry.metricHistory('r', 'loss'), ({ step }) => step);
  expect(history).toEqual([1, 1, 2, 3]);
  expect(asked.map(({ query }) => query.get('max_results'))).toEqual(['25000', '25000']);
});
