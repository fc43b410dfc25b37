import type { Registry } from '@passmuster/core/registry/registry.ts';
import { describe, expect, test } from 'vitest';
import { DIFFERENCES } from './differences.ts';
import { expectFailure, freshModel, freshName, type Subject, versionsOf } from './opened.ts';

const MISSING = { reason: 'missing', effect: 'none' } as const;

export function modelContract(subject: Subject): void {
  test('one is created with all that it is given', async () => {
    const { registry } = subject();
    const tags = new Map([
      ['owner', 'ops'],
      ['odd key.x-y:z/w', `it's "so" 'ü' %\n`],
      ['__proto__', 'x'],
      ['constructor', ''],
    ]);
    const name = freshName();
    const made = await registry.createModel({ name, description: 'For the shop.', tags });
    expect(made).toMatchObject({ name, description: 'For the shop.', tags });
    expect(made.created).toBeGreaterThan(1.7e12);
    expect(await registry.model(name)).toMatchObject({ description: 'For the shop.', tags });
  });

  test.each([
    `it's`,
    `"so"`,
    `both ' and "`,
    'per%cent',
    'a b+c&d=e',
    'état ✓',
    'dots.and.dots',
    '#1?x',
    '%2e%2e',
    'back\\slash',
    '`ticks`',
    '__proto__',
  ])('the name %j', async (odd) => {
    const { registry } = subject();
    const name = `${freshName()} ${odd}`;
    await registry.createModel({ name });
    await registry.tagModel(name, 'k', odd);
    await registry.createVersion({ model: name, source: 's3://b/m' });
    await registry.setAlias(name, 'champion', '1');
    const model = await registry.model(name);
    expect(model?.tags).toEqual(new Map([['k', odd]]));
    expect(model?.aliases).toEqual(new Map([['champion', '1']]));
    expect(await registry.version(name, '1')).toMatchObject({ model: name, number: '1' });
    await registry.deleteModel(name);
    expect(await registry.model(name)).toBeUndefined();
  });

  test('a slash in the name', async () => {
    const { registry, server } = subject();
    const asked = registry.createModel({ name: `a/${freshName()}` });
    if (DIFFERENCES.takesSlashInModelName.is[server]) await asked;
    else await expectFailure(asked, { reason: 'refused', code: 'INVALID_PARAMETER_VALUE' });
  });

  test('a second one of the same name', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await expectFailure(registry.createModel({ name }), {
      reason: 'exists',
      effect: 'none',
      code: 'RESOURCE_ALREADY_EXISTS',
    });
  });

  test('many at once: exactly one creates it', async () => {
    const { registry } = subject();
    const name = freshName();
    const made = await Promise.allSettled(
      Array.from({ length: 8 }, () => registry.createModel({ name })),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of made) {
      if (one.status === 'fulfilled') continue;
      const { failure } = one.reason;
      expect(failure.effect).toBe('none');
      expect(['exists', 'contended']).toContain(failure.reason);
    }
  });

  test('one that is not there is undefined to read, an error to write', async () => {
    const { registry } = subject();
    const nobody = freshName('nobody');
    expect(await registry.model(nobody)).toBeUndefined();
    expect(await registry.latestVersions(nobody, [])).toEqual([]);
    await expectFailure(registry.describeModel(nobody, 'x'), MISSING);
    await expectFailure(registry.renameModel(nobody, freshName()), MISSING);
    await expectFailure(registry.deleteModel(nobody), MISSING);
    await expectFailure(registry.tagModel(nobody, 'k', 'v'), MISSING);
    await expectFailure(registry.untagModel(nobody, 'k'), MISSING);
    await expectFailure(registry.createVersion({ model: nobody, source: 's3://b/m' }), MISSING);
  });

  test('its description is set, and set to nothing', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await registry.describeModel(name, 'first');
    expect((await registry.model(name))?.description).toBe('first');
    await registry.describeModel(name, '');
    expect((await registry.model(name))?.description).toBe('');
  });

  test('a tag is set, replaced, emptied and taken away, even twice', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    for (const value of ['one', 'two', '']) {
      await registry.tagModel(name, 'k', value);
      expect((await registry.model(name))?.tags).toEqual(new Map([['k', value]]));
    }
    await registry.untagModel(name, 'k');
    await registry.untagModel(name, 'k');
    expect((await registry.model(name))?.tags).toEqual(new Map());
  });

  test('a new name takes versions and aliases along', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 2);
    await registry.setAlias(name, 'champion', '2');
    const to = freshName('renamed');
    await registry.renameModel(name, to);
    expect(await registry.model(name)).toBeUndefined();
    expect((await registry.model(to))?.aliases).toEqual(new Map([['champion', '2']]));
    expect(await registry.version(to, '1')).toMatchObject({ model: to });
    const other = await freshModel(subject());
    await expectFailure(registry.renameModel(to, other.name), { reason: 'exists' });
  });

  test('deleted and created again it counts from 1', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 3);
    await registry.deleteModel(name);
    await registry.createModel({ name });
    expect(await versionsOf(subject(), name, 1)).toEqual(['1']);
  });

  describe('lists', () => {
    const listed = async (query: Parameters<Registry['models']>[0]): Promise<string[]> =>
      (await Array.fromAsync(subject().registry.models(query))).map(({ name }) => name);

    test('by the start of their name, in order of names, `%` being the only wildcard', async () => {
      const { registry } = subject();
      const start = freshName('list');
      for (const end of ['b', 'a', '_', 'a_c']) await registry.createModel({ name: start + end });
      const ordered = ['_', 'a', 'a_c', 'b'].map((end) => start + end);
      expect((await listed({ nameLike: `${start}%` })).toSorted()).toEqual(ordered);
      expect(await listed({ nameLike: `${start}_` })).toEqual([`${start}_`]);
      expect(await listed({ nameLike: `${start}a%` })).toEqual([`${start}a`, `${start}a_c`]);
      expect(await listed({ nameLike: start })).toEqual([]);
      expect(await listed({ nameLike: `${start}%`, most: 2 })).toHaveLength(2);
      expect(await listed({ nameLike: `${start.toUpperCase()}%` })).toEqual([]);
    });

    test.each([`it's`, `"so"`, `both ' and "`, 'end\\', `all ' " \\`, '', 'per%cent', '`'])(
      'by the tag value %j',
      async (value) => {
        const { registry } = subject();
        const key = `${freshName('key')} odd.key-x:y/z`;
        const name = freshName();
        await registry.createModel({ name, tags: new Map([[key, value]]) });
        await registry.createModel({ name: freshName(), tags: new Map([[key, `${value}x`]]) });
        expect(await listed({ tags: new Map([[key, value]]), nameLike: '%' })).toEqual([name]);
      },
    );

    test('without what MLflow takes for a prompt', async () => {
      const { registry } = subject();
      const { name } = await freshModel(subject());
      await versionsOf(subject(), name, 1);
      await registry.tagModel(name, 'mlflow.prompt.is_prompt', 'true');
      expect(await listed({ nameLike: name })).toEqual([]);
      expect(await registry.model(name)).toMatchObject({ name });
      expect(await Array.fromAsync(registry.versions({ model: name }))).toHaveLength(1);
    });
  });
}
