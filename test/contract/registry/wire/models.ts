import { expect } from 'vitest';
import { DONE, EXISTS, error, INVALID, MISSING, type Sequence, type Step } from './step.ts';

const post = (does: string, path: string, json: object, expected: Step['expect']): Step => ({
  does,
  method: 'POST',
  path: `registered-models/${path}`,
  json,
  expect: expected,
});

const remove = (does: string, path: string, json: object, expected: Step['expect']): Step => ({
  ...post(does, path, json, expected),
  method: 'DELETE',
});

const get = (does: string, name: string, expected: Step['expect']): Step => ({
  does,
  method: 'GET',
  path: 'registered-models/get',
  query: { name },
  expect: expected,
});

const OLD_NAMES = { 'mlflow-2.22.5': { status: 200, why: 'it takes any name' } } as const;

export const MODELS: readonly Sequence[] = [
  {
    name: 'a model from its creation to its end',
    steps: [
      post(
        'create',
        'create',
        { name: '<m>' },
        {
          status: 200,
          has: {
            registered_model: {
              name: '<m>',
              creation_timestamp: expect.any(Number),
              last_updated_timestamp: expect.any(Number),
            },
          },
          lacks: [
            'registered_model.description',
            'registered_model.tags',
            'registered_model.aliases',
            'registered_model.latest_versions',
          ],
        },
      ),
      post(
        'create it again',
        'create',
        { name: '<m>' },
        { ...EXISTS, message: /^Registered Model \(name=\w+\) already exists/ },
      ),
      {
        does: 'describe',
        method: 'PATCH',
        path: 'registered-models/update',
        json: { name: '<m>', description: 'd' },
        expect: { status: 200, has: { registered_model: { description: 'd' } } },
      },
      {
        does: 'an update without a description takes it away',
        method: 'PATCH',
        path: 'registered-models/update',
        json: { name: '<m>' },
        expect: { status: 200, lacks: ['registered_model.description'] },
      },
      {
        does: 'update what is not there',
        method: 'PATCH',
        path: 'registered-models/update',
        json: { name: 'no<m>' },
        expect: MISSING,
      },
      post('a second one', 'create', { name: '<m>b' }, { status: 200 }),
      post('rename onto it', 'rename', { name: '<m>', new_name: '<m>b' }, EXISTS),
      post('rename without a name', 'rename', { name: '<m>' }, INVALID),
      post(
        'rename',
        'rename',
        { name: '<m>', new_name: '<m>c' },
        { status: 200, has: { registered_model: { name: '<m>c' } } },
      ),
      get('the old name is free', '<m>', {
        ...MISSING,
        message: /^Registered Model with name=\w+ not found$/,
      }),
      remove('delete', 'delete', { name: '<m>c' }, DONE),
      remove('delete it again', 'delete', { name: '<m>c' }, MISSING),
      get('it is gone', '<m>c', MISSING),
    ],
  },
  {
    name: 'names of models',
    steps: [
      post('signs and spaces', 'create', { name: '<m> %+&\'"?#é' }, { status: 200 }),
      get('found under it', '<m> %+&\'"?#é', { status: 200 }),
      post('nothing', 'create', { name: '' }, INVALID),
      {
        ...post('blanks', 'create', { name: '  ' }, INVALID),
        differs: { 'mlflow-2.22.5': { status: 200, why: 'it takes any name' } },
      },
      {
        ...post(
          'a slash',
          'create',
          { name: '<m>/x' },
          error(400, 'INVALID_PARAMETER_VALUE', /cannot contain '\/' or ':'/),
        ),
        differs: OLD_NAMES,
      },
      { ...post('a colon', 'create', { name: '<m>:x' }, INVALID), differs: OLD_NAMES },
      {
        ...post('the folder above', 'create', { name: '..' }, INVALID),
        differs: { 'mlflow-2.22.5': { status: 200, why: 'it takes any name' } },
      },
      {
        ...remove('away with that', 'delete', { name: '..' }, INVALID),
        differs: { 'mlflow-2.22.5': { status: 200, why: 'it was created' } },
      },
      {
        ...remove('and that', 'delete', { name: '  ' }, INVALID),
        differs: { 'mlflow-2.22.5': { status: 200, why: 'it was created' } },
      },
    ],
  },
  {
    name: 'tags of models',
    steps: [
      post(
        'create with tags, the last of a key',
        'create',
        {
          name: '<m>',
          description: 'd',
          tags: [{ key: 'a', value: '1' }, { key: 'a', value: '2' }, { key: 'e' }],
        },
        {
          status: 200,
          has: {
            registered_model: {
              description: 'd',
              tags: [
                { key: 'a', value: '2' },
                { key: 'e', value: '' },
              ],
            },
          },
        },
      ),
      post('set', 'set-tag', { name: '<m>', key: 'a', value: '3' }, DONE),
      post('set without a value', 'set-tag', { name: '<m>', key: 'b' }, DONE),
      get('they are there', '<m>', {
        status: 200,
        has: {
          registered_model: {
            tags: [
              { key: 'a', value: '3' },
              { key: 'e', value: '' },
              { key: 'b', value: '' },
            ],
          },
        },
      }),
      post('no key', 'set-tag', { name: '<m>', key: '' }, INVALID),
      post(
        'a key that is a path',
        'set-tag',
        { name: '<m>', key: 'a//b', value: 'x' },
        error(400, 'INVALID_PARAMETER_VALUE', /would resolve to 'a\/b'/),
      ),
      post(
        'a key of other signs',
        'set-tag',
        { name: '<m>', key: 'a#b', value: 'x' },
        error(400, 'INVALID_PARAMETER_VALUE', /Names may only contain/),
      ),
      post(
        'a key of all signs',
        'set-tag',
        { name: '<m>', key: 'a/b.c-d e:f_é', value: 'x' },
        DONE,
      ),
      post('a long key', 'set-tag', { name: '<m>', key: 'k'.repeat(251), value: 'x' }, INVALID),
      {
        ...post(
          'a long value',
          'set-tag',
          { name: '<m>', key: 'k', value: 'x'.repeat(100_000) },
          DONE,
        ),
        differs: { 'mlflow-2.22.5': { ...INVALID, why: 'it takes 5,000 characters' } },
      },
      post(
        'a longer one',
        'set-tag',
        { name: '<m>', key: 'k', value: 'x'.repeat(100_001) },
        INVALID,
      ),
      post(
        'a model that is not there',
        'set-tag',
        { name: 'no<m>', key: 'k', value: 'x' },
        MISSING,
      ),
      remove('delete', 'delete-tag', { name: '<m>', key: 'a' }, DONE),
      remove('delete it again', 'delete-tag', { name: '<m>', key: 'a' }, DONE),
      remove('of a model that is not there', 'delete-tag', { name: 'no<m>', key: 'a' }, MISSING),
    ],
  },
];
