import { type Answered, type Asked, no, type Served, serving } from './serving.fixture.ts';

const NAME = 'catalog.schema.m';

/** Plain proto JSON: 64 bits are texts; aliases are maps. */
const versionOf = (number: string): object => ({
  name: NAME,
  version: number,
  creation_timestamp: '1700000000000',
  last_updated_timestamp: '1700000000000',
  source: 'dbfs:/m',
  status: 'READY',
  tags: Number(number) % 2 === 0 ? [{ key: 'state', value: 'open' }] : [],
  aliases: number === '2' ? [{ alias: 'champion', version: '2' }] : [],
});

const MODEL = {
  name: NAME,
  creation_timestamp: '1700000000000',
  tags: [{ key: 'team', value: 'shop' }],
  aliases: [{ alias: 'champion', version: 2 }],
};

const MISSING = no(404, 'RESOURCE_DOES_NOT_EXIST', `Routine or Model 'x' does not exist.`);
const INVALID = no(400, 'INVALID_PARAMETER_VALUE', 'Unsupported parameter.');

/** The first page has two, in no order; the second is empty, which its filters may bring about. */
function searched({ query }: Asked): Answered {
  if (query.has('order_by') || query.get('filter') !== `name = '${NAME}'`) return INVALID;
  switch (query.get('page_token')) {
    case null:
      return { body: { model_versions: ['2', '10'].map(versionOf), next_page_token: 'a' } };
    case 'a':
      return { body: { next_page_token: 'b' } };
    default:
      return { body: { model_versions: ['10', '9'].map(versionOf) } };
  }
}

function answer(asked: Asked): Answered {
  const { method, path, query, json } = asked;
  const isKnown = (query.get('name') ?? json['name']) === NAME;
  switch (`${method} ${path.replace('/mlflow', '')}`) {
    case 'GET /registered-models/get':
      return isKnown ? { body: { registered_model: MODEL } } : MISSING;
    case 'GET /registered-models/search':
      return query.has('filter') ? INVALID : { body: { registered_models: [MODEL] } };
    case 'GET /registered-models/alias':
      return isKnown && query.get('alias') === 'champion'
        ? { body: { model_version: versionOf('2') } }
        : MISSING;
    case 'POST /registered-models/alias':
    case 'DELETE /registered-models/alias':
    case 'POST /model-versions/set-tag':
      if (json['name'] === undefined) return INVALID;
      return isKnown ? { body: {} } : MISSING;
    case 'GET /model-versions/search':
      return searched(asked);
    default:
      return no(404, 'ENDPOINT_NOT_FOUND', `No API found for '${method} ${path}'`);
  }
}

/** Unity Catalog's imitation of MLflow: aliases and tags, no stages, hardly any search. */
export const servingUnityCatalog = (): Promise<Served> => serving(answer);
