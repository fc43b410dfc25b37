import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modelOf, versionOf } from './decode-model.ts';
import { experimentOf, loggedModelOf, metricOf, runOf } from './decode-run.ts';
import { type Fields, Mismatch } from './fields.ts';

const from = (json: string): Fields => ({ value: JSON.parse(json), key: '' });
const fields = (value: Record<string, unknown>): Fields => ({ value, key: '' });

const METRIC = { key: 'loss', value: 1, timestamp: 1, step: 1 };
const INFO = { run_id: 'r', experiment_id: '1' };

test('what is absent or null is empty', () => {
  const empty = { description: '', created: 0, updated: 0, tags: new Map() };
  expect(modelOf(fields({ name: 'm' }))).toMatchObject({ ...empty, aliases: new Map() });
  const version = versionOf(fields({ name: 'm', version: '1', description: null, tags: null }));
  expect(version).toMatchObject({ ...empty, stage: '', runId: '', source: '', status: '' });
  const run = runOf(fields({ info: INFO }));
  expect(run).toMatchObject({ metrics: [], params: new Map(), datasets: [], deleted: false });
  expect(run).not.toHaveProperty('ended');
});

test.each([
  ['a number', 1_700_000_000_000],
  ['a text', '1700000000000'],
])('64 bits as %s', (_, time) => {
  const version = { name: 'm', version: '1', creation_timestamp: time };
  expect(versionOf(fields(version)).created).toBe(1_700_000_000_000);
});

test('a version’s number may come as a number', () => {
  expect(versionOf(fields({ name: 'm', version: 12 })).number).toBe('12');
  const model = { name: 'm', aliases: [{ alias: 'a', version: 12 }] };
  expect(modelOf(fields(model)).aliases).toEqual(new Map([['a', '12']]));
});

test.each([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  [-0, -0],
  [5e-324, 5e-324],
])('the metric value %j', (value, is) => {
  expect(metricOf(fields({ ...METRIC, value })).value).toBe(is);
});

test('what a metric was measured on, and by which run', () => {
  const on = { dataset_name: 'd', dataset_digest: '1', model_id: 'm-1', run_id: 'r1' };
  expect(metricOf(fields({ ...METRIC, ...on }))).toEqual({
    ...METRIC,
    dataset: { name: 'd', digest: '1' },
    modelId: 'm-1',
    runId: 'r1',
  });
});

const version = (more: object) => () => versionOf(fields({ name: 'm', version: '1', ...more }));
const run = (data: object) => () => runOf(fields({ info: INFO, data }));

test.each([
  ['no name', () => modelOf(fields({})), '`name` is missing, expected a text'],
  ['a name that is a number', () => modelOf(fields({ name: 1 })), '`name` is 1, expected a text'],
  ['an empty number', version({ version: '' }), '`version` is an empty text, expected a text'],
  ['half a number', version({ version: 1.5 }), '`version` is 1.5, expected a text'],
  [
    'a time in words',
    version({ creation_timestamp: 'now' }),
    '`creation_timestamp` is "now", expected a whole number',
  ],
  ['tags as a map', version({ tags: { a: 'b' } }), '`tags` is a map, expected a list'],
  ['a tag as a text', version({ tags: ['a'] }), '`tags[0]` is "a", expected a map'],
  [
    'a tag value as a number',
    version({
      tags: [
        { key: 'a', value: 'b' },
        { key: 'c', value: 1 },
      ],
    }),
    '`tags[1].value` is 1, expected a text',
  ],
  [
    'a metric in quotes',
    run({ metrics: [METRIC, { ...METRIC, value: '0.95' }] }),
    '`data.metrics[1].value` is "0.95", expected a number',
  ],
  [
    'a metric without value',
    run({ metrics: [{ key: 'loss' }] }),
    '`data.metrics[0].value` is missing, expected a number',
  ],
  [
    'a metric that is true',
    run({ metrics: [{ ...METRIC, value: true }] }),
    '`data.metrics[0].value` is true, expected a number',
  ],
  [
    'a metric in a list',
    run({ metrics: [{ ...METRIC, value: [1] }] }),
    '`data.metrics[0].value` is a list, expected a number',
  ],
  ['no info', () => runOf(fields({})), '`info` is missing, expected a map'],
  [
    'an experiment without id',
    () => experimentOf(fields({})),
    '`experiment_id` is missing, expected a text',
  ],
  [
    'a logged model without id',
    () => loggedModelOf(fields({ info: {} })),
    '`info.model_id` is missing, expected a text',
  ],
])('%s is named', (_, read, message) => {
  expect(read).toThrow(Mismatch);
  expect(read).toThrow(message);
});

describe('hostile keys', () => {
  test('in maps they are keys like any other', () => {
    const json =
      '{"name":"m","tags":[{"key":"__proto__","value":"a"},{"key":"constructor","value":"b"}]}';
    const { tags } = modelOf(from(json));
    expect([...tags]).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  test('among unknown fields nothing is left that sets a prototype', () => {
    const json =
      '{"name":"m","__proto__":{"polluted":1},"list":[{"__proto__":{"polluted":1},"kept":{"__proto__":1,"a":1}}],"user_id":"u"}';
    const { more } = modelOf(from(json));
    expect(more).toEqual({ list: [{ kept: { a: 1 } }], user_id: 'u' });
    const copy = Object.assign({}, more, (more['list'] as object[])[0]);
    expect('polluted' in copy).toBe(false);
  });

  test('a prototype stands in for no field', () => {
    expect(() => modelOf(from('{"__proto__":{"name":"m"}}'))).toThrow(Mismatch);
  });
});

test('whatever a server sends, it is understood or named', () => {
  const names = fc.constantFrom(
    'name',
    'version',
    'tags',
    'aliases',
    'info',
    'data',
    'metrics',
    'key',
    'value',
    'run_id',
    'experiment_id',
    'creation_timestamp',
    '__proto__',
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, '', 'x', '1', 0, -1, 1.5, true),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(names, tie('tree')),
    ),
  }));
  const object = fc.dictionary(names, tree).map((value) => fields(value));
  fc.assert(
    fc.property(object, (at) => {
      for (const read of [modelOf, versionOf, runOf, experimentOf, loggedModelOf, metricOf]) {
        try {
          read(at);
        } catch (error) {
          expect(error).toBeInstanceOf(Mismatch);
        }
      }
    }),
  );
});
