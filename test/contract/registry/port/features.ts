import { expect, test } from 'vitest';
import { DIFFERENCES } from './differences.ts';
import { expectFailure, freshModel, freshName, type Subject, versionsOf } from './opened.ts';

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
