import type { Registry } from '@passmuster/core/registry/registry.ts';
import { expect, test } from 'vitest';
import { serving } from './serving.fixture.ts';

const MODEL = { name: 'm', aliases: [{ alias: 'champion', version: '1' }] };
const VERSION = { name: 'm', version: '1' };
const INFO = { run_id: 'r', experiment_id: '1' };

/** Enough for every method. */
const EVERYTHING = {
  registered_model: MODEL,
  model_version: VERSION,
  run: { info: INFO },
  experiment: { experiment_id: '1' },
  experiment_id: '1',
  model: { info: { model_id: 'm-1', experiment_id: '1' } },
  artifact_uri: 's3://b/m',
};

const all = (items: AsyncIterable<unknown>): Promise<unknown[]> => Array.fromAsync(items);
const tags = new Map([['k', 'v']]);
const dataset = { name: 'd', digest: '1', sourceType: 's', source: 's', tags };
const M = '/mlflow/registered-models';
const V = '/mlflow/model-versions';
const FILE = 'mlflow-artifacts:/1/a b/%2e.json';

const CALLS: [string, (registry: Registry) => Promise<unknown>, string[]][] = [
  ['model', (r) => r.model('m'), [`GET ${M}/get`]],
  ['models', (r) => all(r.models({})), [`GET ${M}/search`]],
  ['createModel', (r) => r.createModel({ name: 'm' }), [`POST ${M}/create`]],
  ['describeModel', (r) => r.describeModel('m', 'x'), [`PATCH ${M}/update`]],
  ['renameModel', (r) => r.renameModel('m', 'n'), [`POST ${M}/rename`]],
  ['deleteModel', (r) => r.deleteModel('m'), [`DELETE ${M}/delete`]],
  ['tagModel', (r) => r.tagModel('m', 'k', 'v'), [`POST ${M}/set-tag`]],
  ['untagModel', (r) => r.untagModel('m', 'k'), [`DELETE ${M}/delete-tag`]],
  ['setAlias', (r) => r.setAlias('m', 'a', '1'), [`POST ${M}/alias`]],
  ['removeAlias', (r) => r.removeAlias('m', 'a'), [`DELETE ${M}/alias`]],
  ['aliased', (r) => r.aliased('m', 'a'), [`GET ${M}/alias`]],
  ['aliased latest', (r) => r.aliased('m', 'Latest'), []],
  ['latestVersions', (r) => r.latestVersions('m', []), [`POST ${M}/get-latest-versions`]],
  ['version', (r) => r.version('m', '1'), [`GET ${V}/get`]],
  ['versions', (r) => all(r.versions({ model: 'm', tags })), [`GET ${V}/search`]],
  ['no versions', (r) => all(r.versions({ model: 'm', most: 0 })), []],
  ['createVersion', (r) => r.createVersion({ model: 'm', source: 's' }), [`POST ${V}/create`]],
  ['describeVersion', (r) => r.describeVersion('m', '1', 'x'), [`PATCH ${V}/update`]],
  [
    'deleteVersion',
    (r) => r.deleteVersion('m', '1'),
    [`GET ${M}/get`, `DELETE ${M}/alias`, `DELETE ${V}/delete`],
  ],
  [
    'deleteVersion, no alias',
    (r) => r.deleteVersion('m', '2'),
    [`GET ${M}/get`, `DELETE ${V}/delete`],
  ],
  ['tagVersion', (r) => r.tagVersion('m', '1', 'k', 'v'), [`POST ${V}/set-tag`]],
  ['untagVersion', (r) => r.untagVersion('m', '1', 'k'), [`DELETE ${V}/delete-tag`]],
  ['moveToStage', (r) => r.moveToStage('m', '1', 'Staging', true), [`POST ${V}/transition-stage`]],
  ['downloadUri', (r) => r.downloadUri('m', '1'), [`GET ${V}/get-download-uri`]],
  ['run', (r) => r.run('r'), ['GET /mlflow/runs/get']],
  ['runs', (r) => all(r.runs({ experimentIds: ['1'] })), ['POST /mlflow/runs/search']],
  ['createRun', (r) => r.createRun({ experimentId: '1' }), ['POST /mlflow/runs/create']],
  ['updateRun', (r) => r.updateRun('r', { status: 'FAILED' }), ['POST /mlflow/runs/update']],
  ['log', (r) => r.log('r', { tags }), ['POST /mlflow/runs/log-batch']],
  ['log nothing', (r) => r.log('r', {}), []],
  ['logDatasets', (r) => r.logDatasets('r', [dataset]), ['POST /mlflow/runs/log-inputs']],
  ['log no dataset', (r) => r.logDatasets('r', []), []],
  ['metricHistory', (r) => all(r.metricHistory('r', 'k')), ['GET /mlflow/metrics/get-history']],
  ['experiment', (r) => r.experiment('1'), ['GET /mlflow/experiments/get']],
  ['experimentNamed', (r) => r.experimentNamed('e'), ['GET /mlflow/experiments/get-by-name']],
  ['experiments', (r) => all(r.experiments()), ['POST /mlflow/experiments/search']],
  ['createExperiment', (r) => r.createExperiment('e'), ['POST /mlflow/experiments/create']],
  ['loggedModel', (r) => r.loggedModel('m-1/?'), ['GET /mlflow/logged-models/m-1%2F%3F']],
  ['loggedModel ..', (r) => r.loggedModel('..'), []],
  [
    'readArtifact',
    (r) => r.readArtifact(FILE, 1e6),
    ['GET /mlflow-artifacts/artifacts/1/a%20b/%252e.json'],
  ],
  [
    'writeArtifact',
    (r) => r.writeArtifact(FILE, new Uint8Array(1)),
    ['PUT /mlflow-artifacts/artifacts/1/a%20b/%252e.json'],
  ],
];

test.each(CALLS)('%s asks no more than it must', async (_, call, lines) => {
  const served = await serving(() => ({ body: EVERYTHING }));
  await call(served.registry);
  expect(served.lines()).toEqual(lines);
});

test('every method of the port is counted', async () => {
  const { registry } = await serving(() => ({ body: EVERYTHING }));
  const counted = new Set(CALLS.map(([name]) => name.split(/[ ,]/)[0]));
  const methods = Object.keys(registry).filter(
    (name) => !['address', 'has', 'now', 'close'].includes(name),
  );
  expect(methods.filter((name) => !counted.has(name))).toEqual([]);
});

const EMPTY_OK = new Set(['POST', 'PATCH', 'PUT', 'DELETE']);

/** What may be sent again when no answer came: what leaves the same behind however often it is done. */
const ONCE = [
  'createModel',
  'renameModel',
  'deleteModel',
  'createVersion',
  'deleteVersion',
  'createRun',
  'createExperiment',
];

test.each(CALLS.filter(([name]) => !name.includes(' ')))(
  '%s is sent again only if that does no harm',
  async (name, call, lines) => {
    const served = await serving(({ method }) =>
      name === 'deleteVersion' && method === 'GET'
        ? { body: { registered_model: { name: 'm' } } }
        : { status: 502, body: 'Bad Gateway' },
    );
    const isRead = !lines.some((line) => EMPTY_OK.has(line.split(' ')[0] ?? ''));
    await expect(call(served.registry)).rejects.toMatchObject({
      failure: { reason: 'unanswered', ...(isRead && { effect: 'none' }) },
    });
    const sent = served.asked.filter(({ method }) => name !== 'deleteVersion' || method !== 'GET');
    if (ONCE.includes(name)) expect(sent).toHaveLength(1);
    else expect(sent.length).toBeGreaterThan(1);
  },
);
