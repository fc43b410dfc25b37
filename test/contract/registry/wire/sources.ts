import {
  type Expected,
  error,
  get,
  INVALID,
  MISSING,
  ok,
  post,
  type Sequence,
  type Step,
} from './step.ts';

const from = (
  source: string,
  expected: Expected,
  ids: object = {},
  rest: Partial<Step> = {},
): Step => ({
  ...post(
    `${source} ${JSON.stringify(ids)}`,
    'model-versions/create',
    { name: '<m>', source, ...ids },
    expected,
  ),
  ...rest,
});

const FREE = { status: 200 } as const;
const WRONG = error(400, 'INVALID_PARAMETER_VALUE', /^Invalid model version source: /);

const UNBOUND = {
  differs: { 'mlflow-2.22.5': { status: 200, why: 'it binds remote sources to nothing' } },
};

export const SOURCES: readonly Sequence[] = [
  {
    name: 'sources of versions',
    steps: [
      post('a model', 'registered-models/create', { name: '<m>' }, FREE),
      from('s3://bucket/model', FREE),
      from('gs://bucket/model', FREE),
      from('s3://bucket//a/b/', FREE),
      from('s3://bucket/model', FREE, { run_id: 'whatever' }),
      from('oci://registry/model', FREE),
      from('passmuster://ledger/moves', FREE),
      from('passmuster:ledger', WRONG),
      from('/etc/passwd', WRONG),
      from('file:///etc/passwd', WRONG),
      from('model', WRONG),
      from('s3://bucket/../other', WRONG),
      from('s3://bucket/%2e%2e/other', WRONG),
      from('s3://bucket/%252e%252e/other', WRONG),
      from('s3://bucket/%00', WRONG),
      from('https://host/model', INVALID, {}, UNBOUND),
      from('mlflow-artifacts://host/1/x/artifacts', INVALID, {}, UNBOUND),
      from('mlflow-artifacts:/1/x/artifacts/model', WRONG, {}, UNBOUND),
      from('runs:/abc/model', WRONG, {}, UNBOUND),
      from('runs:/abc/model', FREE, { run_id: 'abc' }),
      from('runs:/abc/model', WRONG, { run_id: 'other' }, UNBOUND),
    ],
  },
  {
    name: 'sources in a run',
    steps: [
      post('a model', 'registered-models/create', { name: '<m>' }, FREE),
      post('a run', 'runs/create', { experiment_id: '0' }, FREE, {
        keep: { run: 'run.info.run_id', uri: 'run.info.artifact_uri' },
      }),
      from('<uri>/model', ok({ model_version: { run_id: '<run>', source: '<uri>/model' } }), {
        run_id: '<run>',
      }),
      from('mlflow-artifacts:/0/other/artifacts/model', WRONG, { run_id: '<run>' }, UNBOUND),
      from('<uri>x/model', WRONG, { run_id: '<run>' }, UNBOUND),
      from('<uri>/model', WRONG, { run_id: 'no<m>' }, UNBOUND),
      from('<uri>/../model', WRONG, { run_id: '<run>' }),
    ],
  },
  {
    name: 'sources that are versions',
    steps: [
      post('a model', 'registered-models/create', { name: '<m>' }, FREE),
      from('s3://bucket/model', FREE, { run_id: 'r' }),
      post('an alias', 'registered-models/alias', { name: '<m>', alias: 'a', version: '1' }, FREE),
      from(
        'models:/<m>/1',
        ok({ model_version: { version: '2', source: 'models:/<m>/1', run_id: 'r' } }),
        {},
        {
          differs: {
            'mlflow-2.22.5': {
              has: { model_version: { run_id: '' } },
              why: 'the run is not taken over',
            },
          },
        },
      ),
      get(
        'its files are where those are',
        'model-versions/get-download-uri',
        { name: '<m>', version: '2' },
        { status: 200, is: { artifact_uri: 's3://bucket/model' } },
      ),
      from('models:/<m>/2', FREE, { run_id: 'r' }),
      get(
        'through two of them',
        'model-versions/get-download-uri',
        { name: '<m>', version: '3' },
        { status: 200, is: { artifact_uri: 's3://bucket/model' } },
      ),
      from(
        'models:/<m>@a',
        ok({ model_version: { source: 'models:/<m>/1' } }),
        {},
        {
          differs: {
            'mlflow-2.22.5': {
              status: 500,
              code: 'INTERNAL_ERROR',
              why: 'it resolves numbers only',
            },
          },
        },
      ),
      from('models:/<m>/1', INVALID, { run_id: 'other' }, UNBOUND),
      from(
        'models:/<m>/99',
        MISSING,
        {},
        {
          differs: {
            'mlflow-2.22.5': { status: 500, code: 'INTERNAL_ERROR', why: 'it fails inside' },
          },
        },
      ),
      from(
        'models:/no<m>/1',
        MISSING,
        {},
        {
          differs: {
            'mlflow-2.22.5': { status: 500, code: 'INTERNAL_ERROR', why: 'it fails inside' },
          },
        },
      ),
      from(
        'models:/<m>@none',
        INVALID,
        {},
        {
          differs: {
            'mlflow-2.22.5': { status: 500, code: 'INTERNAL_ERROR', why: 'it fails inside' },
          },
        },
      ),
      from(
        'models:/m-00000000000000000000000000000000',
        WRONG,
        {},
        {
          differs: {
            'mlflow-2.22.5': {
              status: 500,
              code: 'INTERNAL_ERROR',
              why: 'it takes that for a name',
            },
          },
        },
      ),
      from('models:/', WRONG),
    ],
  },
];
