import { expect } from 'vitest';
import { type Expected, error, get, INVALID, ok, post, type Sequence, type Step } from './step.ts';

const models = (filter: string, ...names: readonly string[]): Step =>
  get(filter, 'registered-models/search', { filter }, found('registered_models', 'name', names));

const versions = (filter: string, ...numbers: readonly string[]): Step =>
  get(
    filter,
    'model-versions/search',
    { filter, order_by: 'version_number ASC' },
    found('model_versions', 'version', numbers),
  );

const found = (list: string, key: string, values: readonly string[]): Expected =>
  values.length === 0
    ? { status: 200, is: {} }
    : {
        status: 200,
        has: { [list]: values.map((value) => ({ [key]: value })) },
        lacks: [`${list}.${values.length}`],
      };

const since3 = (step: Step): Step => ({
  ...step,
  differs: { 'mlflow-2.22.5': { ...INVALID, why: 'lists came later' } },
});

const refused =
  (path: string) =>
  (filter: string, message?: RegExp): Step =>
    get(filter, path, { filter }, message ? { ...INVALID, message } : INVALID);

const noModels = refused('registered-models/search');
const noVersions = refused('model-versions/search');

const isNull = (step: Step): Step => ({
  ...step,
  differs: { 'mlflow-3.17.2': { status: 500, why: 'it fails inside' } },
});

export const SEARCHES: readonly Sequence[] = [
  {
    name: 'search for models',
    steps: [
      post(
        'one',
        'registered-models/create',
        {
          name: '<m>a',
          tags: [
            { key: 'team', value: 'x' },
            { key: 'a.b', value: "it's" },
          ],
        },
        { status: 200 },
      ),
      post(
        'two',
        'registered-models/create',
        { name: '<m>B', tags: [{ key: 'team', value: 'y' }] },
        { status: 200 },
      ),
      models("name = '<m>a'", '<m>a'),
      models('name = "<m>a"', '<m>a'),
      models("attribute.name='<m>a'", '<m>a'),
      models("name LIKE '<m>%'", '<m>B', '<m>a'),
      models("name like '<m>b'"),
      models("name ILIKE '<m>b'", '<m>B'),
      models("name LIKE '<m>_'", '<m>B', '<m>a'),
      models("name LIKE '<m>%' AND name != '<m>a'", '<m>B'),
      models("name LIKE '<m>%' and tags.team = 'x'", '<m>a'),
      models("name LIKE '<m>%' AND tag.team != 'x'", '<m>B'),
      models("name LIKE '<m>%' AND tags.other != 'x'"),
      models("name LIKE '<m>%' AND tags.team ILIKE 'X'", '<m>a'),
      models("name LIKE '<m>%' AND tags.`a.b` = \"it's\"", '<m>a'),
      models('name LIKE \'<m>%\' AND tags."a.b" LIKE "it%"', '<m>a'),
      models("name LIKE '<m>%' AND tags.`mlflow.prompt.is_prompt` != 'true'", '<m>B', '<m>a'),
      since3(models("name IN ('<m>a', '<m>B')", '<m>B', '<m>a')),
      since3(models("name LIKE '<m>%' AND name NOT IN ('<m>a')", '<m>B')),
      noModels('name = x', /not quoted/),
      noModels('name = 5'),
      noModels("name > 'x'", /^Invalid comparator for attribute: >/),
      noModels("name = 'x' OR name = 'y'", /^Invalid clause\(s\) in filter string/),
      noModels("NOT name = 'x'"),
      noModels("(name = 'x')"),
      noModels("name = 'x';"),
      noModels("name = 'x'; name = 'y'", /^Search filter contained multiple expression/),
      noModels('name'),
      noModels("'x' = name", /^Invalid comparison clause/),
      noModels('   '),
      noModels("NAME = 'x'", /^Invalid attribute key 'NAME'/),
      noModels("run_id = 'x'", /^Invalid attribute key 'run_id'/),
      noModels("other.x = 'x'", /^Invalid entity type 'other'/),
      noModels("tags.a-b = 'x'"),
      noModels('tags.a = 5', /Expected a quoted string value/),
      noModels("tags.a = '"),
      isNull(noModels('tags.a IS NULL')),
    ],
  },
  {
    name: 'search for versions',
    steps: [
      post('a model', 'registered-models/create', { name: '<m>' }, { status: 200 }),
      post(
        'one',
        'model-versions/create',
        { name: '<m>', source: 's3://b/a', tags: [{ key: 'state', value: 'open' }] },
        { status: 200 },
      ),
      post(
        'two',
        'model-versions/create',
        {
          name: '<m>',
          source: 's3://b/b',
          run_id: '<m>r',
          tags: [
            { key: 'state', value: 'done' },
            { key: 'x y', value: '' },
          ],
        },
        { status: 200 },
      ),
      post(
        'three',
        'model-versions/create',
        { name: '<m>', source: 'gs://c', run_id: '' },
        INVALID,
      ),
      post('three', 'model-versions/create', { name: '<m>', source: 'gs://b/c' }, { status: 200 }),
      versions("name = '<m>'", '1', '2', '3'),
      versions("name = '<m>' AND tags.state = 'open'", '1'),
      versions("name = '<m>' AND tags.state != 'open'", '2'),
      versions("name = '<m>' AND tags.state LIKE '%o%e%'", '1', '2'),
      versions("name = '<m>' AND tags.`x y` = ''", '2'),
      versions("name='<m>' AND version_number > 1 AND version_number <= 3", '2', '3'),
      versions("name='<m>' AND version_number = '2'", '2'),
      versions("run_id = '<m>r'", '2'),
      {
        ...versions("run_id IN ('<m>r', 'other')", '2'),
        differs: {
          'mlflow-2.22.5': {
            has: { model_versions: expect.any(Array) },
            lacks: [],
            why: 'a list of more than one holds for every version there is',
          },
        },
      },
      versions("name = '<m>' AND source_path LIKE 's3:%'", '1', '2'),
      versions("name = 'no<m>'"),
      versions("name = '<m>' AND name = 'no<m>'"),
      since3(versions("name IN ('<m>')", '1', '2', '3')),
      noVersions("current_stage = 'Production'"),
      noVersions("aliases = 'x'"),
      noVersions('creation_timestamp > 1'),
      noVersions("source_path IN ('a')"),
      noVersions("version_number LIKE '1'"),
      noVersions('name = 5'),
      isNull(noVersions('tags.a IS NULL')),
      {
        ...noVersions('version_number > 2.5'),
        differs: { 'mlflow-2.22.5': { status: 200, why: 'it compares it all the same' } },
      },
    ],
  },
  {
    name: 'order and pages',
    steps: [
      post('a model', 'registered-models/create', { name: '<m>' }, { status: 200 }),
      ...['1', '2', '3'].map((number) =>
        post(number, 'model-versions/create', { name: '<m>', source: 's3://b/x' }, { status: 200 }),
      ),
      get(
        'the last changed first',
        'model-versions/search',
        { filter: "name = '<m>'" },
        found('model_versions', 'version', ['3', '2', '1']),
      ),
      get(
        'first page',
        'model-versions/search',
        { filter: "name = '<m>'", order_by: 'version_number DESC', max_results: '2' },
        ok({
          model_versions: [{ version: '3' }, { version: '2' }],
          next_page_token: expect.any(String),
        }),
        { keep: { token: 'next_page_token' } },
      ),
      get(
        'last page',
        'model-versions/search',
        {
          filter: "name = '<m>'",
          order_by: 'version_number DESC',
          max_results: '2',
          page_token: '<token>',
        },
        { ...found('model_versions', 'version', ['1']), lacks: ['next_page_token'] },
      ),
      get(
        'all that there are',
        'model-versions/search',
        { filter: "name = '<m>'", max_results: '3' },
        ok({}, 'next_page_token'),
      ),
      get(
        'by two columns',
        'model-versions/search',
        { filter: "name = '<m>'", order_by: ['name ASC', 'version_number'] },
        found('model_versions', 'version', ['1', '2', '3']),
      ),
      get('no column', 'model-versions/search', { order_by: 'other' }, INVALID),
      get(
        'no direction',
        'model-versions/search',
        { order_by: 'name up' },
        error(400, 'INVALID_PARAMETER_VALUE', /^Invalid ordering key/),
      ),
      get('no clause', 'model-versions/search', { order_by: 'name; drop' }, INVALID),
      get(
        'the same twice',
        'model-versions/search',
        { order_by: ['name', 'name'] },
        error(500, 'INTERNAL_ERROR', /duplicate fields/),
      ),
      get('nothing is no page', 'model-versions/search', { max_results: '0' }, INVALID),
      get('no number', 'model-versions/search', { max_results: 'x' }, INVALID),
      get('too many', 'model-versions/search', { max_results: '200001' }, INVALID),
      get('too many models', 'registered-models/search', { max_results: '1001' }, INVALID),
      get('no page of models', 'registered-models/search', { max_results: '0' }, INVALID, {
        differs: {
          'mlflow-3.17.2': { status: 200, why: 'its token leads nowhere' },
          'mlflow-2.22.5': { status: 200, why: 'its token leads nowhere' },
        },
      }),
      get(
        'models by time',
        'registered-models/search',
        { filter: "name = '<m>'", order_by: 'timestamp DESC' },
        found('registered_models', 'name', ['<m>']),
      ),
      get(
        'models not by creation',
        'registered-models/search',
        { order_by: 'creation_timestamp' },
        INVALID,
      ),
      get(
        'no token',
        'model-versions/search',
        { page_token: 'xx' },
        error(400, 'INVALID_PARAMETER_VALUE', /^Invalid page token/),
      ),
    ],
  },
  {
    name: 'prompts are no models',
    steps: [
      post(
        'a prompt',
        'registered-models/create',
        { name: '<m>', tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }] },
        { status: 200 },
      ),
      models("name = '<m>'"),
      models("name = '<m>' AND tags.`mlflow.prompt.is_prompt` = 'true'", '<m>'),
    ],
  },
];
