import { expect } from 'vitest';
import { error, get, INVALID, MISSING, ok, post, type Sequence, type Step } from './step.ts';

const move = (
  does: string,
  version: unknown,
  stage: string,
  archive: unknown,
  expected: Step['expect'],
): Step =>
  post(
    does,
    'model-versions/transition-stage',
    { name: '<m>', version, stage, archive_existing_versions: archive },
    expected,
  );

const create = post(
  'a version',
  'model-versions/create',
  { name: '<m>', source: 's3://b/x' },
  { status: 200 },
);

const stageOf = (version: string, stage: string): Step =>
  get(
    `version ${version} is in ${stage}`,
    'model-versions/get',
    { name: '<m>', version },
    {
      ...ok({ model_version: { current_stage: stage } }),
    },
  );

const latest = (
  does: string,
  stages: readonly string[] | undefined,
  versions: readonly string[],
): Step =>
  post(
    does,
    'registered-models/get-latest-versions',
    { name: '<m>', ...(stages ? { stages } : {}) },
    {
      status: 200,
      ...(versions.length > 0
        ? { has: { model_versions: versions.map((version) => ({ version })) } }
        : { is: {} }),
    },
  );

export const STAGES: readonly Sequence[] = [
  {
    name: 'stages',
    steps: [
      post('a model', 'registered-models/create', { name: '<m>' }, { status: 200 }),
      create,
      create,
      create,
      move(
        'to a stage in any case',
        '1',
        'pRoduction',
        false,
        ok({ model_version: { version: '1', current_stage: 'Production' } }),
      ),
      move(
        'a second one beside it',
        '2',
        'Production',
        undefined,
        ok({ model_version: { current_stage: 'Production' } }),
      ),
      stageOf('1', 'Production'),
      move(
        'alone',
        '3',
        'Production',
        true,
        ok({ model_version: { current_stage: 'Production' } }),
      ),
      stageOf('1', 'Archived'),
      stageOf('2', 'Archived'),
      move(
        'again, to where it is',
        '3',
        'Production',
        true,
        ok({ model_version: { current_stage: 'Production' } }),
      ),
      move('and back', '2', 'None', false, ok({ model_version: { current_stage: 'None' } })),
      move(
        'no stage',
        '2',
        'Prod',
        false,
        error(
          400,
          'INVALID_PARAMETER_VALUE',
          /^Invalid Model Version stage: Prod\. Value must be one of None, Staging, Production, Archived/,
        ),
      ),
      move('no version', '9', 'Staging', true, MISSING),
      move('a number for a version', 2, 'Staging', true, INVALID),
      move('a text for true', '2', 'Staging', 'true', INVALID),
      move(
        'archiving for a stage that is not active',
        '2',
        'Archived',
        true,
        error(500, 'INTERNAL_ERROR', /'Archived' is not an Active stage/),
      ),
      post(
        'no stage at all',
        'model-versions/transition-stage',
        { name: '<m>', version: '2' },
        INVALID,
      ),
    ],
  },
  {
    name: 'latest versions',
    steps: [
      post('a model', 'registered-models/create', { name: '<m>' }, { status: 200 }),
      latest('none', undefined, []),
      create,
      create,
      create,
      move('one to production', '1', 'Production', false, { status: 200 }),
      post(
        'of every stage the highest',
        'registered-models/get-latest-versions',
        { name: '<m>', stages: ['None', 'production'] },
        ok({
          model_versions: expect.arrayContaining([
            expect.objectContaining({ version: '3' }),
            expect.objectContaining({ version: '1' }),
          ]),
        }),
      ),
      latest('of one', ['Production'], ['1']),
      latest('of an empty one', ['Staging'], []),
      post(
        'of none that there is',
        'registered-models/get-latest-versions',
        { name: '<m>', stages: ['x'] },
        INVALID,
      ),
      post(
        'of a model that is not there',
        'registered-models/get-latest-versions',
        { name: 'no<m>' },
        MISSING,
      ),
      get(
        'by GET',
        'registered-models/get-latest-versions',
        { name: '<m>', stages: ['Production', 'Staging'] },
        {
          ...ok({ model_versions: [{ version: '1' }] }),
        },
      ),
      post(
        'an alias',
        'registered-models/alias',
        { name: '<m>', alias: 'a', version: '1' },
        { status: 200 },
      ),
      post(
        'they know their aliases',
        'registered-models/get-latest-versions',
        { name: '<m>', stages: ['Production'] },
        {
          ...ok({ model_versions: [{ version: '1', aliases: ['a'] }] }),
        },
      ),
      get(
        'the model knows them, too',
        'registered-models/get',
        { name: '<m>' },
        {
          ...ok(
            {
              registered_model: {
                latest_versions: [
                  { current_stage: 'None', version: '3' },
                  { current_stage: 'Production', version: '1' },
                ],
              },
            },
            'registered_model.latest_versions.1.aliases',
          ),
        },
        {
          differs: {
            'mlflow-2.22.5': {
              has: { registered_model: { latest_versions: [{ version: '1' }, { version: '3' }] } },
              why: 'it has no order of them',
            },
            'mlflow-3.17.2': {
              has: { registered_model: { latest_versions: [{ version: '1' }, { version: '3' }] } },
              why: 'it goes by which stage it met first',
            },
          },
        },
      ),
    ],
  },
];
