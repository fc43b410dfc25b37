import { expect } from 'vitest';
import { DONE, EXISTS, get, INVALID, MISSING, ok, post, type Sequence } from './step.ts';

const id = { experiment_id: '<id>' };

export const EXPERIMENTS: readonly Sequence[] = [
  {
    name: 'an experiment',
    steps: [
      get('not there', 'experiments/get-by-name', { experiment_name: '<m>' }, MISSING),
      post(
        'create',
        'experiments/create',
        { name: '<m>', tags: [{ key: 't', value: 'v' }] },
        ok({ experiment_id: expect.stringMatching(/^\d+$/) }),
        { keep: { id: 'experiment_id' } },
      ),
      post('create it again', 'experiments/create', { name: '<m>' }, EXISTS),
      post('without a name', 'experiments/create', { name: '' }, INVALID),
      get(
        'get',
        'experiments/get',
        id,
        ok({
          experiment: {
            experiment_id: '<id>',
            name: '<m>',
            artifact_location: 'mlflow-artifacts:/<id>',
            lifecycle_stage: 'active',
            creation_time: expect.any(Number),
            last_update_time: expect.any(Number),
            tags: [{ key: 't', value: 'v' }],
          },
        }),
      ),
      get(
        'by name',
        'experiments/get-by-name',
        { experiment_name: '<m>' },
        ok({ experiment: { experiment_id: '<id>' } }),
      ),
      get(
        'the first one',
        'experiments/get',
        { experiment_id: '0' },
        ok({ experiment: { name: 'Default' } }),
      ),
      get('of that number there is none', 'experiments/get', { experiment_id: '987654' }, MISSING),
      get('no number', 'experiments/get', { experiment_id: 'abc' }, INVALID, {
        differs: { 'mlflow-2.22.5': { ...MISSING, why: 'it looks for it' } },
      }),
      post('tag', 'experiments/set-experiment-tag', { ...id, key: 'q', value: 'w' }, DONE),
      post(
        'search',
        'experiments/search',
        { max_results: 5, filter: "name = '<m>' AND tags.q = 'w'" },
        ok({ experiments: [{ experiment_id: '<id>' }] }, 'experiments.1'),
      ),
      get(
        'search by GET',
        'experiments/search',
        { max_results: '1', filter: "name LIKE '<m>%'", order_by: 'name DESC' },
        ok({ experiments: [{ experiment_id: '<id>' }] }),
      ),
      post('pages have a size', 'experiments/search', {}, INVALID),
      post('but not any', 'experiments/search', { max_results: 50_001 }, INVALID),
      post('no such key', 'experiments/search', { max_results: 5, filter: "other = 'x'" }, INVALID),
      post('logged models in it', 'logged-models/search', { experiment_ids: ['<id>'] }, DONE, {
        differs: { 'mlflow-2.22.5': { status: 404, why: 'they came with 3.0' } },
      }),
      post('rename', 'experiments/update', { ...id, new_name: '<m>2' }, DONE),
      post('delete', 'experiments/delete', id, DONE),
      post('delete it again', 'experiments/delete', id, MISSING),
      get(
        'it can still be seen',
        'experiments/get',
        id,
        ok({ experiment: { name: '<m>2', lifecycle_stage: 'deleted' } }),
      ),
      post(
        'but not written',
        'experiments/set-experiment-tag',
        { ...id, key: 'q', value: 'w' },
        INVALID,
      ),
      post('and has no runs', 'runs/create', id, INVALID),
      post('is not found', 'experiments/search', { max_results: 5, filter: "name = '<m>2'" }, DONE),
      post(
        'but when asked for',
        'experiments/search',
        { max_results: 5, filter: "name = '<m>2'", view_type: 'DELETED_ONLY' },
        ok({ experiments: [{ experiment_id: '<id>' }] }),
      ),
      post(
        'by number',
        'experiments/search',
        { max_results: 5, filter: "name = '<m>2'", view_type: 3 },
        ok({ experiments: [{ experiment_id: '<id>' }] }),
      ),
      post('restore', 'experiments/restore', id, DONE),
      post('restore it again', 'experiments/restore', id, MISSING),
    ],
  },
  {
    name: 'where an experiment keeps its files',
    steps: [
      post(
        'a bucket',
        'experiments/create',
        { name: '<m>', artifact_location: 's3://b/c' },
        { status: 200 },
        { keep: { id: 'experiment_id' } },
      ),
      post(
        'its runs below that',
        'runs/create',
        id,
        ok({
          run: {
            info: { artifact_uri: expect.stringMatching(/^s3:\/\/b\/c\/\w{32}\/artifacts$/) },
          },
        }),
      ),
      post(
        'a host',
        'experiments/create',
        { name: '<m>2', artifact_location: 'https://h/c' },
        INVALID,
        { differs: { 'mlflow-2.22.5': { status: 200, why: 'it takes any' } } },
      ),
    ],
  },
];
