import { InputError } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import { expectFailure, freshModel, freshName, type Subject, versionsOf } from './opened.ts';

const MISSING = { reason: 'missing', effect: 'none' } as const;

export function aliasContract(subject: Subject): void {
  test('one is set, moved and removed, even twice', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 2);
    await registry.setAlias(name, 'champion', '1');
    expect(await registry.aliased(name, 'champion')).toMatchObject({ model: name, number: '1' });
    await registry.setAlias(name, 'champion', '2');
    await registry.setAlias(name, 'champion', '2');
    expect((await registry.aliased(name, 'champion'))?.number).toBe('2');
    await registry.removeAlias(name, 'champion');
    await registry.removeAlias(name, 'champion');
    expect(await registry.aliased(name, 'champion')).toBeUndefined();
    expect((await registry.model(name))?.aliases).toEqual(new Map());
  });

  test('a version may have many, and their case counts', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 2);
    const aliases = new Map([
      ['champion', '1'],
      ['Champion', '2'],
      ['größer', '1'],
      ['v1x', '1'],
      ['__proto__', '1'],
      ['a'.repeat(255), '1'],
    ]);
    for (const [alias, number] of aliases) await registry.setAlias(name, alias, number);
    expect((await registry.model(name))?.aliases).toEqual(aliases);
    for (const [alias, number] of aliases) {
      expect((await registry.aliased(name, alias))?.number).toBe(number);
    }
  });

  test('an unknown one is undefined, of an unknown model too', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    expect(await registry.aliased(name, 'nobody')).toBeUndefined();
    expect(await registry.aliased(freshName('nobody'), 'nobody')).toBeUndefined();
    await expectFailure(registry.removeAlias(freshName('nobody'), 'nobody'), MISSING);
  });

  test('a version or model that is not there', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await expectFailure(registry.setAlias(name, 'champion', '1'), MISSING);
    await expectFailure(registry.setAlias(freshName('nobody'), 'champion', '1'), MISSING);
  });

  test('the server’s own `latest` is never asked', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 2);
    await registry.moveToStage(name, '1', 'Production', false);
    expect(await registry.aliased(name, 'latest')).toBeUndefined();
  });

  test.each(['latest', 'Latest', 'v1', 'V22', 'a b', 'a.b', 'a/b', '', 'a'.repeat(256)])(
    '%j is refused before it is sent',
    async (alias) => {
      const { registry } = subject();
      const { name } = await freshModel(subject());
      await versionsOf(subject(), name, 1);
      await expect(registry.setAlias(name, alias, '1')).rejects.toThrow(InputError);
    },
  );

  test('setting one changes no time', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 1);
    const before = [await registry.model(name), await registry.version(name, '1')];
    await registry.setAlias(name, 'champion', '1');
    await registry.tagVersion(name, '1', 'k', 'v');
    await registry.tagModel(name, 'k', 'v');
    const after = [await registry.model(name), await registry.version(name, '1')];
    expect(after.map((one) => one?.updated)).toEqual(before.map((one) => one?.updated));
  });

  test('set by many at once it stands at one of theirs; who lost is told so', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    const numbers = await versionsOf(subject(), name, 8);
    const set = await Promise.allSettled(
      numbers.map((number) => registry.setAlias(name, 'champion', number)),
    );
    for (const one of set) {
      if (one.status === 'fulfilled') continue;
      expect(one.reason).toMatchObject({ failure: { reason: 'contended', effect: 'none' } });
    }
    expect(set.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(numbers).toContain((await registry.aliased(name, 'champion'))?.number);
  });

  test('deleting its version takes it away, and no other', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 2);
    await registry.setAlias(name, 'champion', '2');
    await registry.setAlias(name, 'old', '1');
    await registry.deleteVersion(name, '2');
    expect((await registry.model(name))?.aliases).toEqual(new Map([['old', '1']]));
    expect(await registry.aliased(name, 'champion')).toBeUndefined();
  });

  test('lists of versions have none', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 1);
    await registry.setAlias(name, 'champion', '1');
    const [version] = await Array.fromAsync(registry.versions({ model: name }));
    expect(version?.more['aliases']).toBeUndefined();
    expect((await registry.version(name, '1'))?.more['aliases']).toEqual(['champion']);
  });
}
