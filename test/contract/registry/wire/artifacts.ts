import { expect } from 'vitest';
import {
  DONE,
  type Expected,
  error,
  get,
  INVALID,
  ok,
  post,
  type Sequence,
  type Step,
} from './step.ts';

const PROXY = '/api/2.0/mlflow-artifacts/artifacts';

const file = (
  does: string,
  method: 'GET' | 'PUT' | 'DELETE',
  path: string,
  expected: Expected,
  rest: Partial<Step> = {},
): Step => ({
  does,
  method,
  path: `${PROXY}/${path}`,
  expect: expected,
  ...(method === 'PUT'
    ? { raw: '{"a":1}', headers: { 'content-type': 'application/octet-stream' } }
    : {}),
  ...rest,
});

const below = '0/<run>/artifacts';

export const ARTIFACTS: readonly Sequence[] = [
  {
    name: 'files behind the server',
    steps: [
      post(
        'a run',
        'runs/create',
        { experiment_id: '0' },
        { status: 200 },
        { keep: { run: 'run.info.run_id' } },
      ),
      get('nothing yet', PROXY, { path: below }, DONE),
      file('write', 'PUT', `${below}/folder/a.json`, { status: 200 }),
      file('write below', 'PUT', `${below}/folder/deep/er/b%20c.json`, { status: 200 }),
      file('read', 'GET', `${below}/folder/a.json`, { status: 200, text: /^\{"a":1\}$/ }),
      file('read it by its name', 'GET', `${below}/folder/deep/er/b%20c.json`, {
        status: 200,
        text: /^\{"a":1\}$/,
      }),
      get(
        'a folder in it',
        PROXY,
        { path: below },
        { status: 200, is: { files: [{ path: 'folder', is_dir: true }] } },
      ),
      get(
        'both in it',
        PROXY,
        { path: `${below}/folder` },
        ok(
          {
            files: expect.arrayContaining([
              { path: 'a.json', is_dir: false, file_size: 7 },
              { path: 'deep', is_dir: true },
            ]),
          },
          'files.2',
        ),
      ),
      get('a file has none in it', PROXY, { path: `${below}/folder/a.json` }, DONE),
      get(
        'of the run',
        'artifacts/list',
        { run_id: '<run>', path: 'folder' },
        ok({
          root_uri: `mlflow-artifacts:/${below}`,
          files: expect.arrayContaining([{ path: 'folder/a.json', is_dir: false, file_size: 7 }]),
        }),
      ),
      file('not there', 'GET', `${below}/none`, error(404, 'RESOURCE_DOES_NOT_EXIST'), {
        differs: {
          'mlflow-2.22.5': { status: 500, code: 'INTERNAL_ERROR', why: 'it does not tell' },
        },
      }),
      file(
        'a folder is no file',
        'GET',
        `${below}/folder`,
        { status: 400, has: { detail: expect.any(String) } },
        { differs: { 'mlflow-2.22.5': { status: 500, why: 'it fails inside' } } },
      ),
      file('further up', 'PUT', '..%2f..%2fx', INVALID),
      file('further up, hidden', 'GET', 'a/%252e%252e/%252e%252e/x', INVALID),
      get('a list further up', PROXY, { path: '../x' }, INVALID),
      file('write again', 'PUT', `${below}/folder/a.json`, { status: 200 }, { raw: 'other' }),
      file('the new one', 'GET', `${below}/folder/a.json`, { status: 200, text: /^other$/ }),
      file('delete', 'DELETE', `${below}/folder/a.json`, DONE),
      file('it is gone', 'GET', `${below}/folder/a.json`, error(404, 'RESOURCE_DOES_NOT_EXIST'), {
        differs: {
          'mlflow-2.22.5': { status: 500, code: 'INTERNAL_ERROR', why: 'it does not tell' },
        },
      }),
    ],
  },
];
