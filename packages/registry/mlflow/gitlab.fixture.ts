import { type Answered, type Asked, no, type Served, serving } from './serving.fixture.ts';

export const GITLAB_MODEL = {
  name: 'm',
  creation_timestamp: 1_700_000_000_000,
  last_updated_timestamp: 1_700_000_000_000,
  description: '',
  user_id: '1',
  tags: [],
  latest_versions: [],
};

export const GITLAB_VERSION = {
  name: 'm',
  version: '1.0.0',
  creation_timestamp: 1_700_000_000_000,
  last_updated_timestamp: 1_700_000_000_000,
  current_stage: 'development',
  status: 'READY',
  source: 'api/v4/projects/1/packages/ml_models/2/files/',
  description: '',
  run_id: '',
  tags: [],
  aliases: [],
};

const MISSING = no(404, 'RESOURCE_DOES_NOT_EXIST', '');
/** How its router answers, to the wrong method too. */
const NO_ROUTE: Answered = { status: 404, body: { error: '404 Not Found' } };

function answer({ method, path, query, json }: Asked): Answered {
  const name = query.get('name') ?? json['name'];
  const isKnown = name === 'm';
  switch (`${method} ${path.replace('/mlflow', '')}`) {
    case 'GET /registered-models/get':
      return isKnown ? { body: { registered_model: GITLAB_MODEL } } : MISSING;
    case 'GET /registered-models/search': {
      const filter = query.get('filter') ?? '';
      if (filter !== '' && !/^name\s*=\s*'[^']*'$/.test(filter)) {
        return no(400, 'INVALID_PARAMETER_VALUE', 'Invalid attribute key specified.');
      }
      return { body: { registered_models: [GITLAB_MODEL] } };
    }
    case 'POST /registered-models/get-latest-versions':
      return isKnown ? { body: { model_versions: [GITLAB_VERSION] } } : MISSING;
    case 'GET /registered-models/alias':
      // What it takes for an alias is the name of a version.
      return isKnown && query.get('alias') === '1.0.0'
        ? { body: { model_version: GITLAB_VERSION } }
        : MISSING;
    case 'GET /model-versions/get':
      return isKnown && query.get('version') === '1.0.0'
        ? { body: { model_version: GITLAB_VERSION } }
        : MISSING;
    case 'POST /model-versions/create':
      return { body: { model_version: GITLAB_VERSION } };
    default:
      return NO_ROUTE;
  }
}

/** GitLab's imitation of MLflow, as far as it goes. */
export const servingGitlab = (): Promise<Served> => serving(answer, '/api/v4/projects/1/ml/mlflow');
