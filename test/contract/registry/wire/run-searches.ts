import { expect } from 'vitest';
import { DONE, INVALID, ok, post, type Sequence, type Step } from './step.ts';

const run = { run_id: '<run>' };

const found = (does: string, filter: string, ...names: readonly string[]): Step =>
  post(
    `${does}: ${filter}`,
    'runs/search',
    { experiment_ids: ['<id>'], filter, order_by: ['attributes.run_name'] },
    names.length === 0
      ? DONE
      : ok({ runs: names.map((run_name) => ({ info: { run_name } })) }, `runs.${names.length}`),
  );

const refused = (filter: string, message?: RegExp): Step =>
  post(
    filter,
    'runs/search',
    { experiment_ids: ['<id>'], filter },
    message ? { ...INVALID, message } : INVALID,
  );

export const RUN_SEARCHES: readonly Sequence[] = [
  {
    name: 'search for runs',
    steps: [
      post(
        'an experiment',
        'experiments/create',
        { name: '<m>' },
        { status: 200 },
        { keep: { id: 'experiment_id' } },
      ),
      post(
        'one',
        'runs/create',
        { experiment_id: '<id>', run_name: 'one', start_time: 1, tags: [{ key: 't', value: 'x' }] },
        { status: 200 },
        { keep: { run: 'run.info.run_id' } },
      ),
      post(
        'its values',
        'runs/log-batch',
        {
          ...run,
          metrics: [
            { key: 'acc/x y', value: 0.9, timestamp: 1 },
            { key: 'nan', value: 'NaN', timestamp: 1 },
          ],
          params: [{ key: 'p', value: 'a' }],
        },
        DONE,
      ),
      post(
        'its data',
        'runs/log-inputs',
        {
          ...run,
          datasets: [
            {
              tags: [{ key: 'mlflow.data.context', value: 'eval' }],
              dataset: { name: 'd', digest: 'x', source_type: 'a', source: 'b' },
            },
          ],
        },
        DONE,
      ),
      post(
        'two',
        'runs/create',
        { experiment_id: '<id>', run_name: 'two', start_time: 2 },
        { status: 200 },
        { keep: { two: 'run.info.run_id' } },
      ),
      found('all', '', 'one', 'two'),
      found('metrics', 'metrics.`acc/x y` > 0.5 AND metric."acc/x y" <= 0.9', 'one'),
      found('NaN is unequal', 'metrics.nan != 1', 'one'),
      {
        ...found('NaN is not less', 'metrics.nan < 1'),
        differs: { 'mlflow-2.22.5': { is: expect.anything(), why: 'it takes NaN for 0' } },
      },
      found('parameters', "params.p = 'a' and parameter.p LIKE 'A'"),
      found('parameters', "params.p = 'a' and param.p ILIKE 'A'", 'one'),
      found('tags', "tags.t = 'x'", 'one'),
      found('names', "attributes.run_name = 'two'", 'two'),
      found('names', "tags.`mlflow.runName` LIKE 't%'", 'two'),
      found('times', 'attr.start_time >= 2', 'two'),
      found('status', "status = 'RUNNING' AND run.status != 'FINISHED'", 'one', 'two'),
      found('ids', "run_id IN ('<run>', 'x')", 'one'),
      found('ids', "run_id NOT IN ('<run>')", 'two'),
      found(
        'datasets',
        "dataset.name = 'd' AND datasets.digest LIKE 'x%' AND dataset.context = 'eval'",
        'one',
      ),
      {
        ...found('none', 'tags.t IS NULL', 'two'),
        differs: { 'mlflow-2.22.5': { ...INVALID, why: 'it came later' } },
      },
      {
        ...found('some', 'params.p IS NOT NULL', 'one'),
        differs: { 'mlflow-2.22.5': { ...INVALID, why: 'it came later' } },
      },
      refused("metrics.x = 'x'", /^Expected numeric value type for metric/),
      refused("other.x = 'x'", /^Invalid entity type 'other'/),
      refused("status = 'x' OR status = 'y'"),
      refused('params.p = 5'),
      refused("status > 'x'", /^Invalid comparator '>'/),
      refused("start_time = 'x'"),
      refused("attributes.other = 'x'"),
      post(
        'the newest first',
        'runs/search',
        { experiment_ids: ['<id>'], max_results: 1 },
        ok({ runs: [{ info: { run_name: 'two' } }], next_page_token: expect.any(String) }),
        { keep: { token: 'next_page_token' } },
      ),
      post(
        'the next page',
        'runs/search',
        { experiment_ids: ['<id>'], max_results: 1, page_token: '<token>' },
        ok({ runs: [{ info: { run_name: 'one' } }] }, 'next_page_token'),
        { differs: { 'mlflow-2.22.5': { lacks: [], why: 'a full page is never the last' } } },
      ),
      post(
        'without a value last',
        'runs/search',
        { experiment_ids: ['<id>'], order_by: ['metrics.`acc/x y` DESC'] },
        ok({ runs: [{ info: { run_name: 'one' } }, { info: { run_name: 'two' } }] }),
      ),
      post(
        'no column',
        'runs/search',
        { experiment_ids: ['<id>'], order_by: ['attributes.other'] },
        INVALID,
      ),
      post('deleted', 'runs/delete', { run_id: '<two>' }, DONE),
      found('it is gone', '', 'one'),
      post(
        'but when asked for',
        'runs/search',
        { experiment_ids: ['<id>'], run_view_type: 'DELETED_ONLY' },
        ok({ runs: [{ info: { run_name: 'two' } }] }, 'runs.1'),
      ),
      post('in no experiment', 'runs/search', {}, DONE),
      post('in one that is not there', 'runs/search', { experiment_ids: ['987654'] }, DONE),
      post('too many', 'runs/search', { experiment_ids: ['<id>'], max_results: 50_001 }, INVALID),
    ],
  },
];
