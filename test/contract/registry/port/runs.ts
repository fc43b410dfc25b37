import type { Metric } from '@passmuster/core/registry/entities.ts';
import { describe, expect, test } from 'vitest';
import { expectFailure, freshName, freshRun, type Subject } from './opened.ts';

const LARGEST = 1.797_693_134_862_315_7e308;
const MISSING = { reason: 'missing', effect: 'none' } as const;

const metric = (key: string, value: number, step = 0, timestamp = 1): Metric => ({
  key,
  value,
  timestamp,
  step,
});

const valuesOf = (metrics: readonly Metric[]): Map<string, number> =>
  new Map(metrics.map(({ key, value }) => [key, value]));

export function runContract(subject: Subject): void {
  test('one is created, updated and read', async () => {
    const { registry } = subject();
    const experimentId = await registry.createExperiment(freshName('experiment'));
    const tags = new Map([['team', `it's "ours"`]]);
    const made = await registry.createRun({ experimentId, name: 'first', started: 5, tags });
    expect(made).toMatchObject({ name: 'first', experimentId, status: 'RUNNING', started: 5 });
    expect(made.ended).toBeUndefined();
    expect(made.tags.get('team')).toBe(`it's "ours"`);
    expect(made.artifactUri).toMatch(/^mlflow-artifacts:\/.*\/artifacts$/);
    await registry.updateRun(made.id, { status: 'FINISHED', ended: 7, name: 'renamed' });
    const run = await registry.run(made.id);
    expect(run).toMatchObject({ status: 'FINISHED', started: 5, ended: 7, name: 'renamed' });
    expect(run?.deleted).toBe(false);
    await registry.updateRun(made.id, { status: 'RUNNING' });
    expect(await registry.run(made.id)).toMatchObject({ status: 'RUNNING', name: 'renamed' });
  });

  test('one without a name gets one, and a start', async () => {
    const { registry } = subject();
    const { run } = await freshRun(subject());
    const found = await registry.run(run);
    expect(found?.name).not.toBe('');
    expect(found?.tags.get('mlflow.runName')).toBe(found?.name);
    expect(found?.started).toBeGreaterThan(1.7e12);
  });

  test('what is not there', async () => {
    const { registry } = subject();
    const nobody = '0'.repeat(32);
    expect(await registry.run(nobody)).toBeUndefined();
    expect(await registry.experiment('999999')).toBeUndefined();
    expect(await registry.experiment('abc')).toBeUndefined();
    expect(await registry.experimentNamed(freshName('nobody'))).toBeUndefined();
    expect(await Array.fromAsync(registry.metricHistory(nobody, 'loss'))).toEqual([]);
    await expectFailure(registry.updateRun(nobody, { status: 'FAILED' }), MISSING);
    await expectFailure(registry.log(nobody, { tags: new Map([['a', 'b']]) }), MISSING);
    await expectFailure(registry.createRun({ experimentId: '999999' }), MISSING);
  });

  test('experiments', async () => {
    const { registry } = subject();
    const name = freshName(`it's "the" expérience %`);
    const id = await registry.createExperiment(name);
    const found = await registry.experiment(id);
    expect(found).toMatchObject({ id, name, deleted: false });
    expect(await registry.experimentNamed(name)).toEqual(found);
    await expectFailure(registry.createExperiment(name), { reason: 'exists', effect: 'none' });
    const all = await Array.fromAsync(registry.experiments());
    expect(all.filter((one) => one.id === id)).toEqual([found]);
  });

  describe('logging', () => {
    test('metrics, params and tags', async () => {
      const { registry } = subject();
      const { run } = await freshRun(subject());
      const metrics = [
        metric('loss', 0.5),
        metric('nan', Number.NaN),
        metric('up', Number.POSITIVE_INFINITY),
        metric('down', Number.NEGATIVE_INFINITY),
        metric('tiny', 5e-324),
        metric('toxicity/v1/mean', 0),
        metric('__proto__', 1),
      ];
      const params = new Map([
        ['lr', '1e-3'],
        ['__proto__', 'x'],
        ['empty', ''],
      ]);
      await registry.log(run, { metrics, params, tags: new Map([['k', '']]) });
      const found = await registry.run(run);
      expect(valuesOf(found?.metrics ?? [])).toEqual(
        valuesOf([
          ...metrics.slice(0, 2),
          metric('up', LARGEST),
          metric('down', -LARGEST),
          ...metrics.slice(4),
        ]),
      );
      expect(found?.params).toEqual(params);
      expect(found?.tags.get('k')).toBe('');
    });

    test('more than one call takes, and the same once more', async () => {
      const { registry } = subject();
      const { run } = await freshRun(subject());
      const metrics = Array.from({ length: 1500 }, (_, index) => metric('loss', index, index));
      const params = new Map(Array.from({ length: 150 }, (_, index) => [`p${index}`, `${index}`]));
      const tags = new Map(Array.from({ length: 120 }, (_, index) => [`t${index}`, `${index}`]));
      await registry.log(run, { metrics, params, tags });
      await registry.log(run, { metrics, params, tags });
      const found = await registry.run(run);
      expect(found?.params).toEqual(params);
      expect(found?.tags.size).toBeGreaterThanOrEqual(120);
      const history = await Array.fromAsync(registry.metricHistory(run, 'loss'));
      expect(history.map(({ value }) => value).toSorted((a, b) => a - b)).toEqual(
        metrics.map(({ value }) => value),
      );
    });

    test('a param keeps its first value', async () => {
      const { registry } = subject();
      const { run } = await freshRun(subject());
      await registry.log(run, { params: new Map([['lr', '1']]) });
      const again = registry.log(run, { params: new Map([['lr', '2']]) });
      await expectFailure(again, { reason: 'refused', code: 'INVALID_PARAMETER_VALUE' });
      expect((await registry.run(run))?.params).toEqual(new Map([['lr', '1']]));
    });

    test('the value of a metric is that of its highest step, then of the latest time', async () => {
      const { registry } = subject();
      const { run } = await freshRun(subject());
      await registry.log(run, { metrics: [metric('loss', 1, 5, 10), metric('loss', 9, 5, 9)] });
      await registry.log(run, { metrics: [metric('loss', 7, 4, 99), metric('acc', 2, -1, 0)] });
      const found = await registry.run(run);
      expect(found?.metrics).toHaveLength(2);
      expect(found?.metrics).toEqual(
        expect.arrayContaining([metric('loss', 1, 5, 10), metric('acc', 2, -1, 0)]),
      );
      expect(await Array.fromAsync(registry.metricHistory(run, 'loss'))).toHaveLength(3);
      expect(await Array.fromAsync(registry.metricHistory(run, 'nobody'))).toEqual([]);
    });

    test('datasets, once however often', async () => {
      const { registry } = subject();
      const { run } = await freshRun(subject());
      const dataset = {
        name: `it's data`,
        digest: 'abc123',
        sourceType: 'local',
        source: '{"uri":"s3://b/d"}',
        schema: '{"a":1}',
        tags: new Map([['mlflow.data.context', 'eval']]),
      };
      await registry.logDatasets(run, [dataset]);
      await registry.logDatasets(run, [dataset]);
      await registry.logDatasets(run, []);
      expect((await registry.run(run))?.datasets).toEqual([dataset]);
    });
  });

  describe('searching', () => {
    test('by filter, in order, and no more than wanted', async () => {
      const { registry } = subject();
      const { experiment, run } = await freshRun(subject());
      const other = (await registry.createRun({ experimentId: experiment })).id;
      await registry.log(run, { metrics: [metric('acc', 0.5)] });
      await registry.log(other, { metrics: [metric('acc', 0.9)] });
      const query = { experimentIds: [experiment], orderBy: ['metrics.acc DESC'] };
      const ids = async (more: { filter?: string; most?: number }): Promise<string[]> =>
        (await Array.fromAsync(registry.runs({ ...query, ...more }))).map(({ id }) => id);
      expect(await ids({})).toEqual([other, run]);
      expect(await ids({ most: 1 })).toEqual([other]);
      expect(await ids({ filter: 'metrics.acc < 0.6' })).toEqual([run]);
      expect(await ids({ filter: `attributes.run_id = '${run}'` })).toEqual([run]);
    });

    test('in an experiment that is not there', async () => {
      const { registry } = subject();
      expect(await Array.fromAsync(registry.runs({ experimentIds: ['999999'] }))).toEqual([]);
    });
  });
}
