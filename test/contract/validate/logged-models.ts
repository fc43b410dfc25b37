import type { Metric } from '@passmuster/core/registry/entities.ts';
import { expect, onTestFinished, test } from 'vitest';
import { none } from '../../faults/fault.ts';
import { startFaults } from '../../faults/proxy.ts';
import { openRegistry } from '../../register/running.fixture.ts';
import { run as validate } from '../../validate/running.fixture.ts';
import { countingWaves } from '../../validate/waves.ts';
import { DIFFERENCES } from '../registry/port/differences.ts';
import { logModel } from '../registry/port/log-model.ts';
import type { Opened, Subject } from './opened.ts';
import { evidenceFor, judged, metric, newModel, trained, versionOf } from './trained.ts';

interface Logged {
  /** Of the run that made it. */
  readonly run: string;
  /** Absent where the server has no logged models. */
  readonly modelId?: string;
}

/** A run that has logged a model. */
async function withModel(opened: Opened): Promise<Logged> {
  const { id: run, experimentId } = await trained(opened, {});
  const modelId = await logModel(opened.url, experimentId, run);
  expect(modelId !== undefined).toBe(DIFFERENCES.hasLoggedModels.is[opened.server]);
  return { run, ...(modelId !== undefined && { modelId }) };
}

/** MLflow keeps one value of a metric for a model, a run, a step and a moment. */
let moment = 1;

type Values = Readonly<Record<string, number>>;
type Data = Metric['dataset'];

/** As `mlflow.log_metric(…, model_id=…, dataset=…)`; where there are no logged models, of the run alone. */
async function evaluated(
  { registry }: Opened,
  run: string,
  { modelId }: Logged,
  values: Values,
  dataset?: Data,
): Promise<void> {
  const metrics = Object.entries(values).map(([key, value]) => ({
    ...metric(key, value, 0, moment),
    ...(modelId !== undefined && { modelId }),
    ...(dataset && { dataset }),
  }));
  moment += 1;
  await registry.log(run, { metrics });
}

/** A version from the logged model, or from the run where there is none. */
const registered = (opened: Opened, model: string, logged: Logged): Promise<string> =>
  logged.modelId === undefined
    ? versionOf(opened, model, { id: logged.run })
    : fromModel(opened, model, logged);

async function fromModel(
  { registry }: Opened,
  model: string,
  { run, modelId = '' }: Logged,
): Promise<string> {
  const version = { model, source: `models:/${modelId}`, runId: run, modelId };
  return (await registry.createVersion(version)).number;
}

const [ONE, OTHER] = [
  { name: 'held-out', digest: 'abc123' },
  { name: 'in-the-wild', digest: 'def456' },
];

export function loggedModelContract(subject: Subject): void {
  test('what another run has measured of the model counts, where the server ties the two', async () => {
    const opened = subject();
    const model = await newModel(opened);
    const logged = await withModel(opened);
    const evaluation = await trained(opened, {});
    await evaluated(opened, evaluation.id, logged, { mmlu: 0.62 });
    await evaluated(opened, logged.run, logged, { accuracy: 0.9 });
    await registered(opened, model, logged);
    const gates = 'mmlu >= 0.6\naccuracy >= 0.9';
    const found = await judged(opened, { model, version: '1', evidence: 'bound', gates });
    const ties = DIFFERENCES.hasLoggedModels.is[opened.server];
    expect(found.gates, found.why).toEqual({
      'mmlu >= 0.6': ties ? 'pass' : 'inconclusive',
      'accuracy >= 0.9': 'pass',
    });
    const origins = evidenceFor(found, 'mmlu').map(({ origin, bound }) => [origin, bound]);
    expect(origins).toEqual(
      ties
        ? [[{ kind: 'logged-model', id: logged.modelId, step: 0, run: evaluation.id }, true]]
        : [],
    );
  });

  test('run and model that disagree are a conflict, which `prefer` settles', async () => {
    const opened = subject();
    const model = await newModel(opened);
    const logged = await withModel(opened);
    await evaluated(opened, logged.run, { run: logged.run }, { accuracy: 0.9 });
    const evaluation = await trained(opened, {});
    await evaluated(opened, evaluation.id, logged, { accuracy: 0.4 });
    await registered(opened, model, logged);
    const asked = { model, version: '1', gates: 'accuracy >= 0.5' };
    const found = await judged(opened, asked);
    const preferred = await judged(opened, { ...asked, prefer: 'logged-model' });
    if (logged.modelId === undefined) {
      expect([found.verdict, preferred.verdict]).toEqual(['pass', 'pass']);
      return;
    }
    expect(found.verdict).toBe('inconclusive');
    expect(found.why).toContain(`0.9 in run ${logged.run}`);
    expect(found.why).toContain(`0.4 in logged model ${logged.modelId}`);
    expect(preferred.verdict).toBe('fail');
    expect((await judged(opened, { ...asked, prefer: 'run' })).verdict).toBe('pass');
  });

  test('two runs that have measured one model agree, or are named', async () => {
    const opened = subject();
    const model = await newModel(opened);
    const logged = await withModel(opened);
    const [first, second] = [await trained(opened, {}), await trained(opened, {})];
    // A run that counted up says what it said last.
    await evaluated(opened, first.id, logged, { accuracy: 0.1, f1: 0.8 });
    await evaluated(opened, first.id, logged, { accuracy: 0.9 });
    await evaluated(opened, second.id, logged, { accuracy: 0.4, f1: 0.8 });
    await registered(opened, model, logged);
    const gates = 'accuracy >= 0.1\nf1 >= 0.8';
    const found = await judged(opened, { model, version: '1', gates, prefer: 'logged-model' });
    const ties = DIFFERENCES.hasLoggedModels.is[opened.server];
    expect(found.gates, found.why).toEqual({
      'accuracy >= 0.1': 'inconclusive',
      'f1 >= 0.8': ties ? 'pass' : 'inconclusive',
    });
    if (!ties) return;
    expect(found.why).toContain(`0.9 in logged model ${logged.modelId}, by run ${first.id}`);
    expect(found.why).toContain(`0.4 in logged model ${logged.modelId}, by run ${second.id}`);
    expect(found.why).not.toContain('prefer');
  });

  test('two data of one name are told apart by their digests', async () => {
    const opened = subject();
    const model = await newModel(opened);
    const logged = await withModel(opened);
    await evaluated(opened, logged.run, logged, { accuracy: 0.9 }, ONE);
    await evaluated(opened, logged.run, logged, { accuracy: 0.7 }, { ...ONE, digest: 'def456' });
    await registered(opened, model, logged);
    const [held, wild] = ['abc123', 'def456'].map(
      (digest) => `slice["dataset=held-out@${digest}"].accuracy >= 0.8`,
    );
    const gates = [held, wild].join('\n');
    const found = await judged(opened, { model, version: '1', gates });
    const keeps = DIFFERENCES.keepsDataOfMetrics.is[opened.server];
    expect(found.gates, found.why).toEqual({
      [`${held}`]: keeps ? 'pass' : 'inconclusive',
      [`${wild}`]: keeps ? 'fail' : 'inconclusive',
    });
  });

  test('the data that a metric was logged with is compared', async () => {
    const opened = subject();
    const model = await newModel(opened);
    for (const data of [ONE, ONE, OTHER]) {
      const logged = await withModel(opened);
      await evaluated(opened, logged.run, logged, { accuracy: 0.9 }, data);
      await registered(opened, model, logged);
    }
    const against = (version: string) =>
      judged(opened, { model, version, champion: '1', gates: 'accuracy >= champion' });
    const [same, other] = [await against('2'), await against('3')];
    expect([same.verdict, other.verdict]).toEqual(
      DIFFERENCES.keepsDataOfMetrics.is[opened.server]
        ? ['pass', 'inconclusive']
        : ['pass', 'pass'],
    );
  });

  test('measured on several data, each is a slice; the run has only the last', async () => {
    const opened = subject();
    const model = await newModel(opened);
    const logged = await withModel(opened);
    await evaluated(opened, logged.run, logged, { accuracy: 0.9 }, ONE);
    await evaluated(opened, logged.run, logged, { accuracy: 0.7 }, OTHER);
    await registered(opened, model, logged);
    const [held, wild] = ['held-out', 'in-the-wild'].map(
      (name) => `slice["dataset=${name}"].accuracy >= 0.8`,
    );
    const gates = [held, wild, 'accuracy >= 0.8'].join('\n');
    const found = await judged(opened, { model, version: '1', gates });
    const keeps = DIFFERENCES.keepsDataOfMetrics.is[opened.server];
    expect(found.gates, found.why).toEqual({
      [`${held}`]: keeps ? 'pass' : 'inconclusive',
      [`${wild}`]: keeps ? 'fail' : 'inconclusive',
      'accuracy >= 0.8': 'fail',
    });
  });

  test('each logged model costs one request more, together with those for the runs', async () => {
    const opened = subject();
    const model = await newModel(opened);
    for (const _ of ['champion', 'candidate']) {
      const logged = await withModel(opened);
      await evaluated(opened, logged.run, logged, { accuracy: 0.9 }, ONE);
      await registered(opened, model, logged);
    }
    const { seen, close, url } = await startFaults(opened.url, () => none);
    onTestFinished(close);
    const { registry, waves } = countingWaves(await openRegistry(url));
    const asking = { model, version: '2', champion: '1', gates: 'accuracy >= champion' };
    const { outputs } = await validate(url, asking, { openRegistry: async () => registry });
    expect(outputs.verdict).toBe('pass');
    expect(waves()).toBe(2);
    const asked = seen.map(({ what }) => what.replace('/api/2.0/mlflow', ''));
    const has = DIFFERENCES.hasLoggedModels.is[opened.server];
    expect(asked).toHaveLength(has ? 7 : 5);
    const models = asked.filter((what) => what.startsWith('GET /logged-models/'));
    expect(models).toHaveLength(has ? 2 : 0);
    expect(asked.filter((what) => !what.startsWith('GET '))).toEqual([]);
  });
}
