import { expect } from 'vitest';
import { DONE, get, INVALID, ok, post, type Sequence, type Step } from './step.ts';

const newRun: Step = post(
  'a run',
  'runs/create',
  { experiment_id: '0', start_time: 5, user_id: 'u' },
  { status: 200 },
  { keep: { run: 'run.info.run_id' } },
);

const run = { run_id: '<run>' };

const metric = (
  does: string,
  more: object,
  expected: Step['expect'] = DONE,
  rest: Partial<Step> = {},
): Step => ({
  ...post(does, 'runs/log-metric', { ...run, key: 'm', timestamp: 1, ...more }, expected),
  ...rest,
});

const silent = {
  'mlflow-3.17.2': { status: 200, why: 'what was sent is lost' },
  'mlflow-2.22.5': { status: 200, why: 'what was sent is lost' },
};

export const LOGGING: readonly Sequence[] = [
  {
    name: 'metrics and their history',
    steps: [
      newRun,
      metric('log', { value: 0.5, step: 3 }),
      metric('the same again', { value: 0.5, step: 3 }),
      metric('numbers as texts', { value: '0.9', timestamp: '2', step: '1' }),
      metric('no step is step 0', { value: 7, timestamp: 9 }),
      metric('not a number', { key: 'nan', value: 'NaN' }),
      metric('infinite', { key: 'inf', value: '-Infinity' }),
      metric('no value', {}, INVALID),
      metric('no time', { value: 1, timestamp: undefined }, INVALID),
      metric('a time before all', { value: 1, timestamp: -1 }, INVALID),
      metric('a text', { value: 'abc' }, INVALID),
      metric('half a dataset', { key: 'half', value: 1, dataset_name: 'd' }, INVALID, {
        differs: { 'mlflow-2.22.5': { status: 200, why: 'it knows no datasets of metrics' } },
      }),
      metric('part of a millisecond', { key: 'part', value: 1, timestamp: 1.5 }, INVALID, {
        differs: silent,
      }),
      metric('a key that is a path', { key: 'a//b', value: 1 }, INVALID),
      get(
        'the last by step counts',
        'runs/get',
        run,
        ok({
          run: {
            data: {
              metrics: expect.arrayContaining([
                { key: 'm', value: 0.5, timestamp: 1, step: 3 },
                { key: 'nan', value: 'NaN', timestamp: 1, step: 0 },
                { key: 'inf', value: -Number.MAX_VALUE, timestamp: 1, step: 0 },
              ]),
            },
          },
        }),
      ),
      get(
        'history by time',
        'metrics/get-history',
        { ...run, metric_key: 'm', max_results: '25000' },
        ok(
          {
            metrics: [{ value: 0.5 }, { value: 0.9, timestamp: 2, step: 1 }, { value: 7, step: 0 }],
          },
          'metrics.3',
          'next_page_token',
        ),
      ),
      get(
        'a page of it',
        'metrics/get-history',
        { ...run, metric_key: 'm', max_results: '2' },
        ok({ next_page_token: expect.any(String) }, 'metrics.2'),
        {
          keep: { token: 'next_page_token' },
          differs: {
            'mlflow-2.22.5': {
              has: { metrics: [{}, {}, {}] },
              lacks: [],
              why: 'it sends them all',
            },
          },
        },
      ),
      get(
        'the rest',
        'metrics/get-history',
        { ...run, metric_key: 'm', max_results: '2', page_token: '<token>' },
        ok({ metrics: [{ value: 7 }] }, 'metrics.1'),
        {
          differs: {
            'mlflow-2.22.5': { status: 200, why: 'it sends them all again' },
          },
        },
      ),
      get(
        'no page',
        'metrics/get-history',
        { ...run, metric_key: 'm', max_results: '0' },
        INVALID,
        { differs: { 'mlflow-2.22.5': { status: 200, why: 'it sends them all' } } },
      ),
      get('of another key', 'metrics/get-history', { ...run, metric_key: 'none' }, DONE),
    ],
  },
  {
    name: 'parameters and batches',
    steps: [
      newRun,
      post('a parameter', 'runs/log-parameter', { ...run, key: 'p', value: '1' }, DONE),
      post('the same again', 'runs/log-parameter', { ...run, key: 'p', value: '1' }, DONE),
      post(
        'another value',
        'runs/log-parameter',
        { ...run, key: 'p', value: '2' },
        {
          ...INVALID,
          message:
            /^Changing param values is not allowed\. Param with key='p' was already logged with value='1'/,
        },
      ),
      post('an empty one', 'runs/log-parameter', { ...run, key: 'empty' }, DONE),
      post(
        'a batch',
        'runs/log-batch',
        {
          ...run,
          metrics: [
            { key: 'b', value: 1, timestamp: 1, step: 1 },
            { key: 'b', value: 2, timestamp: 1, step: 2 },
          ],
          params: [
            { key: 'bp', value: 'x' },
            { key: 'p', value: '1' },
          ],
          tags: [{ key: 'bt', value: 'y' }],
        },
        DONE,
      ),
      get(
        'it is there',
        'runs/get',
        run,
        ok({
          run: {
            data: {
              metrics: [{ key: 'b', value: 2, timestamp: 1, step: 2 }],
              params: expect.arrayContaining([
                { key: 'p', value: '1' },
                { key: 'empty', value: '' },
                { key: 'bp', value: 'x' },
              ]),
              tags: expect.arrayContaining([{ key: 'bt', value: 'y' }]),
            },
          },
        }),
      ),
      post(
        'a parameter changes',
        'runs/log-batch',
        {
          ...run,
          params: [
            { key: 'p', value: '2' },
            { key: 'new', value: 'x' },
          ],
        },
        INVALID,
      ),
      get('then nothing was logged', 'runs/get', run, ok({}, 'run.data.params.3')),
      post(
        'one key twice',
        'runs/log-batch',
        {
          ...run,
          params: [
            { key: 'd', value: 'x' },
            { key: 'd', value: 'x' },
          ],
        },
        INVALID,
      ),
      post(
        'no time',
        'runs/log-batch',
        { ...run, metrics: [{ key: 'b', value: 1 }] },
        { ...INVALID, message: /'metrics\[0\]\.timestamp'/ },
      ),
      post(
        'too many',
        'runs/log-batch',
        {
          ...run,
          params: Array.from({ length: 101 }, (_, index) => ({ key: `k${index}`, value: '' })),
        },
        { ...INVALID, message: /at most 100 params\. Got 101 params/ },
      ),
      post('nothing', 'runs/log-batch', run, DONE),
      post('of no run', 'runs/log-batch', {}, INVALID),
    ],
  },
  {
    name: 'datasets',
    steps: [
      newRun,
      post(
        'log',
        'runs/log-inputs',
        {
          ...run,
          datasets: [
            {
              tags: [{ key: 'mlflow.data.context', value: 'eval' }],
              dataset: {
                name: 'd',
                digest: 'x',
                source_type: 'http',
                source: '{}',
                schema: 's',
                profile: 'p',
              },
            },
          ],
        },
        DONE,
      ),
      post(
        'log it again',
        'runs/log-inputs',
        {
          ...run,
          datasets: [{ dataset: { name: 'd', digest: 'x', source_type: 'other', source: '{}' } }],
        },
        DONE,
      ),
      get(
        'it is there once',
        'runs/get',
        run,
        ok(
          {
            run: {
              inputs: {
                dataset_inputs: [
                  {
                    tags: [{ key: 'mlflow.data.context', value: 'eval' }],
                    dataset: {
                      name: 'd',
                      digest: 'x',
                      source_type: 'http',
                      source: '{}',
                      schema: 's',
                      profile: 'p',
                    },
                  },
                ],
              },
            },
          },
          'run.inputs.dataset_inputs.1',
        ),
      ),
      post(
        'a long digest',
        'runs/log-inputs',
        {
          ...run,
          datasets: [
            { dataset: { name: 'd', digest: 'x'.repeat(37), source_type: 'a', source: 'b' } },
          ],
        },
        INVALID,
      ),
    ],
  },
];
