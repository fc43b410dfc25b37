import { InputError } from '@passmuster/core/errors.ts';
import type { Stage } from '@passmuster/core/registry/entities.ts';
import { expect, test } from 'vitest';
import { freshModel, type Opened, type Subject, versionsOf } from './opened.ts';

const stagesOf = async ({ registry }: Opened, model: string): Promise<string[]> => {
  const versions = await Array.fromAsync(registry.versions({ model, order: 'oldest' }));
  return versions.map(({ stage }) => stage);
};

export function stageContract(subject: Subject): void {
  test('from any to any, the same one too', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 1);
    const stages: Stage[] = ['Production', 'Production', 'None', 'Archived', 'Staging', 'None'];
    for (const stage of stages) {
      const moved = await registry.moveToStage(name, '1', stage, false);
      expect(moved).toMatchObject({ number: '1', stage });
      expect(await registry.version(name, '1')).toEqual(moved);
    }
  });

  test.each(['Staging', 'Production'] as const)(
    'others in %s stay, or are archived',
    async (to) => {
      const { registry } = subject();
      const { name } = await freshModel(subject());
      await versionsOf(subject(), name, 4);
      await registry.moveToStage(name, '1', to, false);
      await registry.moveToStage(name, '2', to, false);
      expect(await stagesOf(subject(), name)).toEqual([to, to, 'None', 'None']);
      const moved = await registry.moveToStage(name, '3', to, true);
      expect(await stagesOf(subject(), name)).toEqual(['Archived', 'Archived', to, 'None']);
      // By this a displaced version is known.
      expect((await registry.version(name, '1'))?.updated).toBe(moved.updated);
      const again = await registry.moveToStage(name, '3', to, true);
      expect(again.stage).toBe(to);
      expect(await stagesOf(subject(), name)).toEqual(['Archived', 'Archived', to, 'None']);
    },
  );

  test.each(['None', 'Archived'] as const)('%s archives nothing', async (stage) => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 1);
    await expect(registry.moveToStage(name, '1', stage, true)).rejects.toThrow(InputError);
  });

  test('the latest of each stage is the highest number, not the last one moved', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 12);
    for (const number of ['10', '11', '9']) {
      await registry.moveToStage(name, number, 'Production', false);
    }
    await registry.moveToStage(name, '2', 'Staging', false);
    const latest = async (stages: readonly Stage[]): Promise<[string, string][]> =>
      (await registry.latestVersions(name, stages)).map(({ number, stage }) => [number, stage]);
    expect(await latest(['Production'])).toEqual([['11', 'Production']]);
    expect(await latest(['Archived'])).toEqual([]);
    expect(await latest(['Staging', 'Production', 'None'])).toEqual(await latest([]));
    expect(await latest([])).toEqual([
      ['12', 'None'],
      ['11', 'Production'],
      ['2', 'Staging'],
    ]);
  });
}
