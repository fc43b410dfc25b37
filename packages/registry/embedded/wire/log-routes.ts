import { checkKey } from '../checks/names.ts';
import { invalid, unsupported } from '../refusal.ts';
import { checkInput, logInput } from '../store/inputs.ts';
import { checkMetric, logMetric, type NewMetric } from '../store/metrics.ts';
import { activeRun, logParam, tagRun } from '../store/runs.ts';
import { double, integer, list, message, text, type ValuesOf } from './fields.ts';
import { type SentTag, tag, tagOf } from './model-routes.ts';
import { missingValue } from './request.ts';
import { type Route, writing } from './route.ts';
import { runId, runIdOf } from './run-routes.ts';

const MOST_METRICS = 1000;
const MOST_OTHERS = 100;
const MOST = 1000;

const metric = {
  key: text,
  value: double,
  timestamp: integer,
  step: integer,
  model_id: text,
  dataset_name: text,
  dataset_digest: text,
};

function metricOf(sent: ValuesOf<typeof metric>, path: string): NewMetric {
  const { key = '', value, timestamp, step = 0 } = sent;
  const within = path === '' ? '' : `${path}.`;
  if (key === '') throw missingValue(`${within}key`);
  if (value === undefined) throw missingValue(`${within}value`);
  if (timestamp === undefined) throw missingValue(`${within}timestamp`);
  if (sent.model_id) throw unsupported('metrics of logged models (model_id)');
  if (!sent.dataset_name !== !sent.dataset_digest) {
    throw invalid('Both dataset_name and dataset_digest must be provided if one is provided');
  }
  const found = { key, value, timestamp, step };
  checkMetric(found, path);
  return found;
}

const keyed = (sent: readonly SentTag[], name: string) =>
  sent.map((one, index) => {
    if (!one.key) throw missingValue(`${name}[${index}].key`);
    checkKey(one.key, `${name}[${index}].key`);
    return tagOf(one);
  });

function checkCount(what: string, found: number, most: number): void {
  if (found <= most) return;
  throw invalid(
    `A batch logging request can contain at most ${most} ${what}. Got ${found} ${what}. ` +
      `Please split up ${what} across multiple requests and try again.`,
  );
}

function checkDistinct(keys: readonly string[]): void {
  if (new Set(keys).size === keys.length) return;
  throw invalid(
    'Duplicate parameter keys have been submitted. Please ensure the request contains only one ' +
      'param value per param key.',
  );
}

const dataset = {
  name: text,
  digest: text,
  source_type: text,
  source: text,
  schema: text,
  profile: text,
};

const datasetInput = message({ tags: list(tag), dataset: message(dataset) });

export const LOG_ROUTES: readonly Route[] = [
  writing('POST', 'runs/log-metric', {
    fields: { ...runId, ...metric },
    required: ['key', 'value', 'timestamp'],
    answer: (db, sent) => {
      const found = metricOf(sent, '');
      logMetric(db, activeRun(db, runIdOf(sent)), found);
      return {};
    },
  }),
  writing('POST', 'runs/log-parameter', {
    fields: { ...runId, key: text, value: text },
    required: ['key'],
    answer: (db, { key, value = '', ...sent }) => {
      checkKey(key, 'key', 'Param key');
      logParam(db, activeRun(db, runIdOf(sent)), { key, value });
      return {};
    },
  }),
  writing('POST', 'runs/log-batch', {
    fields: {
      run_id: text,
      metrics: list(message(metric)),
      params: list(tag),
      tags: list(tag),
    },
    required: ['run_id'],
    answer: (db, { run_id, metrics = [], params = [], tags = [] }) => {
      checkCount('metrics', metrics.length, MOST_METRICS);
      checkCount('params', params.length, MOST_OTHERS);
      checkCount('tags', tags.length, MOST_OTHERS);
      const all = metrics.length + params.length + tags.length;
      checkCount('metrics, params, and tags', all, MOST);
      const values = metrics.map((one, index) => metricOf(one, `metrics[${index}]`));
      const settings = keyed(params, 'params');
      checkDistinct(settings.map(({ key }) => key));
      const labels = keyed(tags, 'tags');
      const run = activeRun(db, run_id);
      for (const one of settings) logParam(db, run, one);
      for (const one of values) logMetric(db, run, one);
      for (const one of labels) tagRun(db, run, one);
      return {};
    },
  }),
  writing('POST', 'runs/log-inputs', {
    fields: {
      run_id: text,
      datasets: list(datasetInput),
      models: list(message({ model_id: text })),
    },
    required: ['run_id'],
    answer: (db, { run_id, datasets = [], models = [] }) => {
      if (models.length > 0) throw unsupported('logged models as inputs');
      const run = activeRun(db, run_id);
      for (const { dataset: about, tags = [] } of datasets) {
        const input = {
          dataset: {
            name: about?.name ?? '',
            digest: about?.digest ?? '',
            source_type: about?.source_type ?? '',
            source: about?.source ?? '',
            schema: about?.schema,
            profile: about?.profile,
          },
          tags: tags.map(tagOf),
        };
        checkInput(input);
        logInput(db, run, input);
      }
      return {};
    },
  }),
];
