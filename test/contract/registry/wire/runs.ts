import { expect } from 'vitest';
import { DONE, error, get, INVALID, MISSING, ok, post, type Sequence } from './step.ts';

const run = { run_id: '<run>' };

const silent = {
  'mlflow-3.17.2': { status: 200, why: 'what was sent is lost' },
  'mlflow-2.22.5': { status: 200, why: 'what was sent is lost' },
};

export const RUNS: readonly Sequence[] = [
  {
    name: 'a run',
    steps: [
      post(
        'create',
        'runs/create',
        { experiment_id: '0', user_id: 'u', start_time: '123', tags: [{ key: 'a', value: 'b' }] },
        ok(
          {
            run: {
              info: {
                run_id: expect.stringMatching(/^[0-9a-f]{32}$/),
                run_uuid: expect.any(String),
                experiment_id: '0',
                run_name: expect.stringMatching(/./),
                user_id: 'u',
                status: 'RUNNING',
                start_time: 123,
                artifact_uri: expect.stringMatching(/^mlflow-artifacts:\/0\/\w{32}\/artifacts$/),
                lifecycle_stage: 'active',
              },
              data: {
                tags: [
                  { key: 'a', value: 'b' },
                  { key: 'mlflow.runName', value: expect.any(String) },
                ],
              },
              inputs: {},
            },
          },
          'run.info.end_time',
        ),
        { keep: { run: 'run.info.run_id' } },
      ),
      get(
        'get',
        'runs/get',
        run,
        ok({ run: { info: { run_id: '<run>' } } }, 'run.data.metrics', 'run.data.params'),
      ),
      get(
        'by its older name',
        'runs/get',
        { run_id: '<run>', run_uuid: '<run>' },
        ok({ run: { info: { run_id: '<run>' } } }),
      ),
      get(
        'not there',
        'runs/get',
        { run_id: 'no' },
        error(404, 'RESOURCE_DOES_NOT_EXIST', /^Run with id=no not found$/),
      ),
      post(
        'end',
        'runs/update',
        { ...run, run_uuid: '<run>', status: 'FINISHED', end_time: 456 },
        ok({ run_info: { status: 'FINISHED', end_time: 456 } }),
      ),
      post(
        'rename',
        'runs/update',
        { ...run, run_name: 'again' },
        ok({ run_info: { run_name: 'again', status: 'FINISHED' } }),
      ),
      post('no status', 'runs/update', { ...run, status: 'OTHER' }, INVALID, { differs: silent }),
      post(
        'its name is a tag',
        'runs/set-tag',
        { ...run, key: 'mlflow.runName', value: 'tagged' },
        DONE,
      ),
      get('of both the same', 'runs/get', run, ok({ run: { info: { run_name: 'tagged' } } })),
      post(
        'two names',
        'runs/create',
        { experiment_id: '0', run_name: 'a', tags: [{ key: 'mlflow.runName', value: 'b' }] },
        INVALID,
      ),
      post('delete a tag', 'runs/delete-tag', { ...run, key: 'a' }, DONE),
      post('delete it again', 'runs/delete-tag', { ...run, key: 'a' }, MISSING),
      post('delete', 'runs/delete', run, DONE),
      get(
        'it can still be seen',
        'runs/get',
        run,
        ok({ run: { info: { lifecycle_stage: 'deleted' } } }),
      ),
      post(
        'but not written',
        'runs/set-tag',
        { ...run, key: 'x', value: 'y' },
        { ...INVALID, message: /must be in the 'active' state\. Current state is deleted/ },
      ),
      post('restore', 'runs/restore', run, DONE),
      post('of no experiment', 'runs/create', { experiment_id: '987654' }, MISSING),
    ],
  },
];
