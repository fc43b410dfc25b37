import { expect, test } from 'vitest';
import type { DatasetInput, LoggedModel, Metric, Run } from '../registry/entities.ts';
import { evidenceOf, metricKey } from './evidence.ts';
import { readingOfLoggedModel, readingOfRun } from './registry-readings.ts';

const metric = (key: string, value: number, step = 0, more: Partial<Metric> = {}): Metric => ({
  key,
  value,
  step,
  timestamp: 1,
  ...more,
});

const runOf = (metrics: Metric[], more: Partial<Run> = {}): Run =>
  ({ id: 'r1', status: 'FINISHED', deleted: false, metrics, datasets: [], ...more }) as Run;

const dataset = (name: string, context: string): DatasetInput => ({
  name,
  digest: `digest-of-${name}`,
  sourceType: '',
  source: '',
  tags: new Map([['mlflow.data.context', context]]),
});

test('each metric has its value and where it stands', () => {
  const { measured, remarks } = readingOfRun(runOf([metric('acc', 0.9, 3), metric('a/b', 1)]));
  expect(measured).toEqual([
    { metric: 'acc', value: 0.9, conditions: {}, origin: { kind: 'run', id: 'r1', step: 3 } },
    { metric: 'a/b', value: 1, conditions: {}, origin: { kind: 'run', id: 'r1', step: 0 } },
  ]);
  expect(remarks).toEqual([]);
});

test.each([
  [Number.MAX_VALUE, Number.POSITIVE_INFINITY],
  [-1.797e308, Number.NEGATIVE_INFINITY],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  [Number.NaN, Number.NaN],
  [1.7e308, 1.7e308],
  [0, 0],
])('a store that gives back %d was given %d', (value, logged) => {
  const { measured } = readingOfRun(runOf([metric('acc', value)]));
  expect(measured.map((one) => one.value)).toEqual([logged]);
});

test('of several values the one of the highest step counts, then the last', () => {
  const values = [metric('acc', 1, 5), metric('acc', 2, 1), metric('acc', 3, 5, { timestamp: 0 })];
  for (const metrics of [values, values.toReversed()]) {
    expect(readingOfRun(runOf(metrics)).measured).toMatchObject([{ value: 1 }]);
  }
});

test('what was measured on several data is a slice for each', () => {
  const on = (name: string) => ({ dataset: { name, digest: '' } });
  const metrics = [metric('acc', 1, 0, on('a')), metric('acc', 2, 0, on('b'))];
  expect(readingOfRun(runOf(metrics)).measured).toMatchObject([
    { metric: 'acc', slice: 'dataset=a', value: 1, conditions: { dataset: 'a' } },
    { metric: 'acc', slice: 'dataset=b', value: 2, conditions: { dataset: 'b' } },
  ]);
});

test.each<[string, readonly (readonly [name: string, digest: string] | undefined)[], unknown[]]>([
  [
    'two of one name',
    [
      ['d', 'sha256:0123456789abcdef'],
      ['d', 'ff00'],
    ],
    ['dataset=d@0123456789ab', 'dataset=d@ff00'],
  ],
  [
    'two of one name, one without a digest',
    [
      ['d', ''],
      ['d', 'ff00'],
    ],
    ['dataset=d', 'dataset=d@ff00'],
  ],
  [
    'two of one name beside another',
    [
      ['d', '1'],
      ['d', '2'],
      ['e', '3'],
    ],
    ['dataset=d@1', 'dataset=d@2', 'dataset=e'],
  ],
  [
    'two without a name',
    [
      ['', '1'],
      ['', '2'],
    ],
    ['dataset=unnamed@1', 'dataset=unnamed@2'],
  ],
  ['one beside none', [undefined, ['d', '1']], [undefined, 'dataset=d']],
  ['one alone', [['d', '1']], [undefined]],
])('the slices of several data: %s', (_, data, slices) => {
  const metrics = data.map((one, index) => {
    const dataset = one && { name: one[0], digest: one[1] };
    return metric('acc', index, 0, dataset && { dataset });
  });
  const { measured } = readingOfRun(runOf(metrics));
  expect(measured.map(({ slice }) => slice)).toEqual(slices);
  expect(measured.map(({ value }) => value)).toEqual(data.map((__, index) => index));
});

test.each<[string, DatasetInput[], object]>([
  [
    'one for evaluation',
    [dataset('a', 'training'), dataset('b', 'eval')],
    { dataset: 'b', datasetDigest: 'digest-of-b' },
  ],
  ['two for evaluation', [dataset('a', 'test'), dataset('b', 'eval')], {}],
  ['only for training', [dataset('a', 'training')], {}],
])('the data of the run: %s', (_, datasets, conditions) => {
  const { measured } = readingOfRun(runOf([metric('acc', 1)], { datasets }));
  expect(measured).toMatchObject([{ conditions }]);
  expect(measured[0]?.conditions).toEqual(conditions);
});

test.each([
  [{ deleted: true }, 'Run r1 was deleted.'],
  [{ status: 'RUNNING' }, 'Run r1 is RUNNING, not FINISHED.'],
  [{ status: 'FAILED' }, 'Run r1 is FAILED, not FINISHED.'],
])('%j is said', (more, remark) => {
  expect(readingOfRun(runOf([], more)).remarks).toEqual([remark]);
});

test('a logged model', () => {
  const model = { id: 'm-1', metrics: [metric('acc', Number.NaN, 2)] } as unknown as LoggedModel;
  const { measured } = readingOfLoggedModel(model);
  expect(measured).toMatchObject([
    { metric: 'acc', value: Number.NaN, origin: { kind: 'logged-model', id: 'm-1', step: 2 } },
  ]);
});

const loggedModel = (metrics: Metric[]): LoggedModel =>
  ({ id: 'm-1', metrics }) as Partial<LoggedModel> as LoggedModel;

const byRun = (runId: string, value: number, step: number) => metric('acc', value, step, { runId });

test('of a logged model each run stands by the last that it said', () => {
  const metrics = [byRun('r1', 0.1, 0), byRun('r1', 0.2, 5), byRun('r2', 0.9, 1)];
  for (const order of [metrics, metrics.toReversed()]) {
    const { measured } = readingOfLoggedModel(loggedModel(order));
    expect(new Map(measured.map(({ value, origin }) => [value, origin]))).toEqual(
      new Map([
        [0.2, { kind: 'logged-model', id: 'm-1', step: 5, run: 'r1' }],
        [0.9, { kind: 'logged-model', id: 'm-1', step: 1, run: 'r2' }],
      ]),
    );
  }
});

test.each([
  [
    'disagree is a conflict that says which runs',
    0.9,
    {
      kind: 'conflict',
      says: 'one source says several values: 0.2 in logged model m-1, by run r1, 0.9 in logged model m-1, by run r2; leave one of them there',
    },
  ],
  ['agree is none', 0.2, { kind: 'measured', measured: { value: 0.2 } }],
])('that runs %s', (_, value, known) => {
  const reading = readingOfLoggedModel(loggedModel([byRun('r1', 0.2, 5), byRun('r2', value, 1)]));
  const evidence = evidenceOf([{ origin: { kind: 'logged-model', id: 'm-1' }, reading }]);
  expect(evidence.get(metricKey('acc'))).toMatchObject(known);
});
