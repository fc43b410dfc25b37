import { expect } from 'vitest';
import {
  DONE,
  error,
  get,
  INVALID,
  MISSING,
  ok,
  patch,
  post,
  remove,
  type Sequence,
  type Step,
} from './step.ts';

const newModel: Step = post(
  'a model',
  'registered-models/create',
  { name: '<m>' },
  { status: 200 },
);

const newVersion = (does = 'a version'): Step =>
  post(does, 'model-versions/create', { name: '<m>', source: 's3://b/x' }, { status: 200 });

const one = (version: string) => ({ name: '<m>', version });

export const VERSIONS: readonly Sequence[] = [
  {
    name: 'a version from its creation to its end',
    steps: [
      newModel,
      post(
        'create',
        'model-versions/create',
        { name: '<m>', source: 'passmuster://ledger/moves' },
        ok(
          {
            model_version: {
              name: '<m>',
              version: '1',
              creation_timestamp: expect.any(Number),
              last_updated_timestamp: expect.any(Number),
              current_stage: 'None',
              description: '',
              source: 'passmuster://ledger/moves',
              run_id: '',
              run_link: '',
              status: 'READY',
            },
          },
          'model_version.tags',
          'model_version.aliases',
        ),
      ),
      newVersion('another'),
      get('get', 'model-versions/get', one('2'), ok({ model_version: { version: '2' } })),
      get('07 is 7', 'model-versions/get', one('02'), ok({ model_version: { version: '2' } })),
      get('no number', 'model-versions/get', one('1.5'), {
        ...INVALID,
        message: /^Parameter 'version' must be an integer, got '1.5'/,
      }),
      get('not there', 'model-versions/get', one('99'), {
        ...MISSING,
        message: /^Model Version \(name=\w+, version=99\) not found$/,
      }),
      get('which one', 'model-versions/get', { name: '<m>' }, INVALID),
      patch(
        'describe',
        'model-versions/update',
        { ...one('2'), description: 'd' },
        {
          ...ok({ model_version: { description: 'd' } }),
        },
      ),
      patch(
        'an update without a description takes it away',
        'model-versions/update',
        one('2'),
        ok({}, 'model_version.description'),
      ),
      get('where its files are', 'model-versions/get-download-uri', one('2'), {
        status: 200,
        is: { artifact_uri: 's3://b/x' },
      }),
      post(
        'a number for a version',
        'model-versions/set-tag',
        { ...one('2'), version: 2, key: 'k' },
        INVALID,
      ),
      remove('delete', 'model-versions/delete', one('2'), DONE),
      remove('delete it again', 'model-versions/delete', one('2'), MISSING),
      get('it is gone', 'model-versions/get', one('2'), MISSING),
      post(
        'its number stays taken',
        'model-versions/create',
        { name: '<m>', source: 's3://b/x' },
        {
          ...ok({ model_version: { version: '3' } }),
        },
      ),
      post(
        'of a model that is not there',
        'model-versions/create',
        { name: 'no<m>', source: 's3://b' + '/x' },
        MISSING,
      ),
      post('without a source', 'model-versions/create', { name: '<m>' }, INVALID),
      remove('the model goes', 'registered-models/delete', { name: '<m>' }, DONE),
      newModel,
      post(
        'and numbers begin anew',
        'model-versions/create',
        { name: '<m>', source: 's3://b/x' },
        {
          ...ok({ model_version: { version: '1' } }),
        },
      ),
    ],
  },
  {
    name: 'tags of versions',
    steps: [
      newModel,
      post(
        'create with tags',
        'model-versions/create',
        {
          name: '<m>',
          source: 's3://b/x',
          description: 'd',
          run_link: 'l',
          tags: [
            { key: 'a.b', value: '1' },
            { key: 'a.b', value: '2' },
            { key: 'e', value: '' },
          ],
        },
        ok({
          model_version: {
            description: 'd',
            run_link: 'l',
            tags: [
              { key: 'a.b', value: '2' },
              { key: 'e', value: '' },
            ],
          },
        }),
      ),
      post('set', 'model-versions/set-tag', { ...one('1'), key: 'a.b', value: '3' }, DONE),
      post('set without a value', 'model-versions/set-tag', { ...one('1'), key: 'c' }, DONE),
      post('no key', 'model-versions/set-tag', one('1'), INVALID),
      post(
        'a version that is not there',
        'model-versions/set-tag',
        { ...one('9'), key: 'c' },
        MISSING,
      ),
      remove('delete', 'model-versions/delete-tag', { ...one('1'), key: 'e' }, DONE),
      remove('delete it again', 'model-versions/delete-tag', { ...one('1'), key: 'e' }, DONE),
      get('they are there', 'model-versions/get', one('1'), {
        ...ok({
          model_version: {
            tags: [
              { key: 'a.b', value: '3' },
              { key: 'c', value: '' },
            ],
          },
        }),
      }),
    ],
  },
  {
    name: 'aliases',
    steps: [
      newModel,
      newVersion(),
      newVersion(),
      post('set', 'registered-models/alias', { ...one('1'), alias: 'champion' }, DONE),
      post('move', 'registered-models/alias', { ...one('2'), alias: 'champion' }, DONE),
      post('another', 'registered-models/alias', { ...one('2'), alias: 'Über-1_x' }, DONE),
      get(
        'get',
        'registered-models/alias',
        { name: '<m>', alias: 'champion' },
        {
          ...ok({ model_version: { version: '2', aliases: expect.arrayContaining(['champion']) } }),
        },
      ),
      get(
        'of the model',
        'registered-models/get',
        { name: '<m>' },
        {
          ...ok({
            registered_model: {
              aliases: expect.arrayContaining([{ alias: 'champion', version: '2' }]),
            },
          }),
        },
      ),
      get('of the version', 'model-versions/get', one('2'), {
        ...ok({ model_version: { aliases: expect.arrayContaining(['champion', 'Über-1_x']) } }),
      }),
      get(
        'searches leave them out',
        'model-versions/search',
        { filter: "name = '<m>'" },
        {
          ...ok({}, 'model_versions.0.aliases'),
        },
      ),
      get(
        'case counts',
        'registered-models/alias',
        { name: '<m>', alias: 'Champion' },
        {
          ...error(400, 'INVALID_PARAMETER_VALUE', /^Registered model alias Champion not found\.$/),
        },
      ),
      get(
        'of an unknown model',
        'registered-models/alias',
        { name: 'no<m>', alias: 'a' },
        MISSING,
        {
          differs: { 'mlflow-2.22.5': { ...INVALID, why: 'it looks for the alias only' } },
        },
      ),
      get(
        'latest is the highest',
        'registered-models/alias',
        { name: '<m>', alias: 'latest' },
        {
          ...ok({ model_version: { version: '2' } }),
        },
        { differs: { 'mlflow-2.22.5': { ...INVALID, why: 'it knows no such alias' } } },
      ),
      post(
        'latest is reserved',
        'registered-models/alias',
        { ...one('1'), alias: 'Latest' },
        INVALID,
      ),
      post('so is v1', 'registered-models/alias', { ...one('1'), alias: 'v1' }, INVALID),
      post('v1x is not', 'registered-models/alias', { ...one('1'), alias: 'v1x' }, DONE),
      post(
        'a blank',
        'registered-models/alias',
        { ...one('1'), alias: 'a b' },
        {
          ...error(400, 'INVALID_PARAMETER_VALUE', /^Invalid alias name: 'a b'/),
        },
      ),
      post('too long', 'registered-models/alias', { ...one('1'), alias: 'a'.repeat(256) }, INVALID),
      post(
        'a version that is not there',
        'registered-models/alias',
        { ...one('9'), alias: 'a' },
        MISSING,
      ),
      remove('delete', 'registered-models/alias', { name: '<m>', alias: 'v1x' }, DONE),
      remove('delete it again', 'registered-models/alias', { name: '<m>', alias: 'v1x' }, DONE),
      remove(
        'of an unknown model',
        'registered-models/alias',
        { name: 'no<m>', alias: 'a' },
        MISSING,
      ),
      remove('the version goes', 'model-versions/delete', one('2'), DONE),
      get(
        'and its aliases with it',
        'registered-models/alias',
        { name: '<m>', alias: 'champion' },
        INVALID,
        {
          differs: { 'mlflow-2.22.5': { ...MISSING, why: 'they go on pointing at it' } },
        },
      ),
    ],
  },
];
