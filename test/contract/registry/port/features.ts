import { expect, test } from 'vitest';
import { DIFFERENCES } from './differences.ts';
import { logModel } from './log-model.ts';
import {
  expectFailure,
  freshModel,
  freshName,
  freshRun,
  type Subject,
  versionsOf,
} from './opened.ts';

export function featureContract(subject: Subject): void {
  test.each(['aliases', 'stages', 'tags', 'version-search', 'artifacts'] as const)(
    'it has %s, also for a model that is not there',
    async (feature) => {
      const { registry } = subject();
      expect(await registry.has(feature, freshName('nobody'))).toBe(true);
    },
  );

  test('logged models', async () => {
    const { registry, server } = subject();
    const has = DIFFERENCES.hasLoggedModels.is[server];
    expect(await registry.has('logged-models', 'nobody')).toBe(has);
    const asked = registry.loggedModel(`m-${'0'.repeat(32)}`);
    if (has) expect(await asked).toBeUndefined();
    else await expectFailure(asked, { reason: 'unsupported', effect: 'none' });
  });

  test('metrics of a logged model, with the data that they were measured on', async () => {
    const { registry, server } = subject();
    const { experiment, run } = await freshRun(subject());
    const modelId = await logModel(registry.address, experiment, run);
    expect(modelId !== undefined).toBe(DIFFERENCES.hasLoggedModels.is[server]);
    const dataset = { name: 'held-out', digest: 'abc123' };
    const measured = { key: 'acc/mean', value: 0.5, timestamp: 1, step: 2, dataset };
    const other = { key: 'loss', value: 3, timestamp: 1, step: 0 };
    const metrics = modelId === undefined ? [measured] : [{ ...measured, modelId }, other];
    await registry.log(run, { metrics });
    if (modelId === undefined) {
      const asked = registry.loggedModel('m-1');
      return expectFailure(asked, { reason: 'unsupported', effect: 'none' });
    }
    const model = await registry.loggedModel(modelId);
    expect(model).toMatchObject({ id: modelId, sourceRunId: run, experimentId: experiment });
    expect(model?.params).toEqual(new Map([['depth', '3']]));
    expect(model?.metrics).toMatchObject([{ key: 'acc/mean', value: 0.5, modelId, dataset }]);
  });

  test('the time of the server, once it has answered', async () => {
    const { registry } = subject();
    await registry.model(freshName('nobody'));
    const apart = Math.abs((registry.now() ?? 0) - Date.now());
    expect(apart).toBeLessThan(5 * 60_000);
  });

  test('questions change nothing', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 1);
    const before = [await registry.model(name), await registry.version(name, '1')];
    for (const feature of ['aliases', 'stages', 'tags', 'version-search'] as const) {
      await registry.has(feature, name);
    }
    expect([await registry.model(name), await registry.version(name, '1')]).toEqual(before);
  });
}
