import type {
  DatasetInput,
  Experiment,
  LoggedModel,
  Metric,
  Run,
} from '@passmuster/core/registry/entities.ts';
import {
  double,
  type Fields,
  fields,
  integer,
  list,
  maybeInteger,
  more,
  pairs,
  requiredFields,
  requiredId,
  requiredText,
  text,
} from './fields.ts';

export function metricOf(at: Fields): Metric {
  const name = text(at, 'dataset_name');
  const digest = text(at, 'dataset_digest');
  const modelId = text(at, 'model_id');
  const runId = text(at, 'run_id');
  return {
    key: requiredText(at, 'key'),
    value: double(at, 'value'),
    timestamp: integer(at, 'timestamp'),
    step: integer(at, 'step'),
    ...((name !== '' || digest !== '') && { dataset: { name, digest } }),
    ...(modelId !== '' && { modelId }),
    ...(runId !== '' && { runId }),
  };
}

function datasetOf(at: Fields): DatasetInput {
  const dataset = requiredFields(at, 'dataset');
  const schema = text(dataset, 'schema');
  const profile = text(dataset, 'profile');
  return {
    name: requiredText(dataset, 'name'),
    digest: text(dataset, 'digest'),
    sourceType: text(dataset, 'source_type'),
    source: text(dataset, 'source'),
    ...(schema !== '' && { schema }),
    ...(profile !== '' && { profile }),
    tags: pairs(at, 'tags'),
  };
}

const INFO = new Set([
  'run_id',
  'run_uuid',
  'run_name',
  'experiment_id',
  'status',
  'start_time',
  'end_time',
  'artifact_uri',
  'lifecycle_stage',
]);

const NO_FIELDS: Fields = { value: {}, key: '' };

export function runOf(at: Fields): Run {
  const info = requiredFields(at, 'info');
  const data = fields(at, 'data') ?? NO_FIELDS;
  const inputs = fields(at, 'inputs') ?? NO_FIELDS;
  const ended = maybeInteger(info, 'end_time');
  return {
    id: requiredText(info, info.value['run_id'] === undefined ? 'run_uuid' : 'run_id'),
    name: text(info, 'run_name'),
    experimentId: requiredId(info, 'experiment_id'),
    status: text(info, 'status'),
    started: integer(info, 'start_time'),
    ...(ended !== undefined && { ended }),
    artifactUri: text(info, 'artifact_uri'),
    deleted: text(info, 'lifecycle_stage') === 'deleted',
    metrics: list(data, 'metrics').map(metricOf),
    params: pairs(data, 'params'),
    tags: pairs(data, 'tags'),
    datasets: list(inputs, 'dataset_inputs').map(datasetOf),
    more: more(info, INFO),
  };
}

const EXPERIMENT = new Set([
  'experiment_id',
  'name',
  'artifact_location',
  'lifecycle_stage',
  'tags',
]);

export const experimentOf = (at: Fields): Experiment => ({
  id: requiredId(at, 'experiment_id'),
  name: text(at, 'name'),
  artifactLocation: text(at, 'artifact_location'),
  deleted: text(at, 'lifecycle_stage') === 'deleted',
  tags: pairs(at, 'tags'),
  more: more(at, EXPERIMENT),
});

const LOGGED_MODEL = new Set([
  'model_id',
  'name',
  'experiment_id',
  'artifact_uri',
  'source_run_id',
  'status',
  'tags',
]);

export function loggedModelOf(at: Fields): LoggedModel {
  const info = requiredFields(at, 'info');
  const data = fields(at, 'data') ?? NO_FIELDS;
  return {
    id: requiredText(info, 'model_id'),
    name: text(info, 'name'),
    experimentId: requiredId(info, 'experiment_id'),
    artifactUri: text(info, 'artifact_uri'),
    sourceRunId: text(info, 'source_run_id'),
    status: text(info, 'status'),
    params: pairs(data, 'params'),
    metrics: list(data, 'metrics').map(metricOf),
    tags: pairs(info, 'tags'),
    more: more(info, LOGGED_MODEL),
  };
}
