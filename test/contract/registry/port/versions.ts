import { expect, test } from 'vitest';
import { DIFFERENCES } from './differences.ts';
import {
  expectFailure,
  freshModel,
  freshName,
  freshRun,
  SOURCE,
  type Subject,
  versionsOf,
} from './opened.ts';

const MISSING = { reason: 'missing', effect: 'none' } as const;

export function versionContract(subject: Subject): void {
  test('one is created with all that it is given', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    const { run } = await freshRun(subject());
    const tags = new Map([
      ['passmuster.state', 'open'],
      ['__proto__', `it's "so"`],
      ['empty', ''],
    ]);
    const given = { source: SOURCE, runId: run, description: 'The first.', tags };
    const made = await registry.createVersion({ model: name, ...given });
    expect(made).toMatchObject({ model: name, number: '1', ...given });
    expect(made).toMatchObject({ stage: 'None', status: 'READY', statusMessage: '' });
    expect(made.created).toBeGreaterThan(1.7e12);
    expect(await registry.version(name, '1')).toEqual(made);
    expect(await registry.downloadUri(name, '1')).toBe(SOURCE);
  });

  test('one with nothing but a source of ours', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    const source = 'passmuster://ledger/ticket';
    const made = await registry.createVersion({ model: name, source });
    expect(made).toMatchObject({ source, runId: '', description: '', tags: new Map() });
  });

  test('what is not there is undefined to read, an error to write', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    for (const number of ['1', '0', '99999', 'abc', '1.0.0']) {
      expect(await registry.version(name, number)).toBeUndefined();
    }
    expect(await registry.version(freshName('nobody'), '1')).toBeUndefined();
    await expectFailure(registry.describeVersion(name, '1', 'x'), MISSING);
    await expectFailure(registry.deleteVersion(name, '1'), MISSING);
    await expectFailure(registry.tagVersion(name, '1', 'k', 'v'), MISSING);
    await expectFailure(registry.untagVersion(name, '1', 'k'), MISSING);
    await expectFailure(registry.moveToStage(name, '1', 'Staging', false), MISSING);
    await expectFailure(registry.downloadUri(name, '1'), MISSING);
  });

  test('numbers go up and are not used again', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    expect(await versionsOf(subject(), name, 3)).toEqual(['1', '2', '3']);
    await registry.deleteVersion(name, '3');
    expect(await registry.version(name, '3')).toBeUndefined();
    expect(await versionsOf(subject(), name, 1)).toEqual(['4']);
  });

  test('a number with zeros before it is the same', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 1);
    expect((await registry.version(name, '01'))?.number).toBe('1');
    await registry.setAlias(name, 'champion', '1');
    await registry.deleteVersion(name, '01');
    expect((await registry.model(name))?.aliases).toEqual(new Map());
  });

  test('many at once get a number each', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    const made = await Promise.all(
      Array.from({ length: 12 }, () => registry.createVersion({ model: name, source: SOURCE })),
    );
    const numbers = made.map(({ number }) => Number(number)).toSorted((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  });

  test('its description and tags', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 1);
    await registry.describeVersion(name, '1', 'Better.');
    for (const value of ['one', `two "2" '2'`, '', 'x'.repeat(5000)]) {
      await registry.tagVersion(name, '1', 'k', value);
      const version = await registry.version(name, '1');
      expect(version).toMatchObject({ description: 'Better.', tags: new Map([['k', value]]) });
    }
    await registry.untagVersion(name, '1', 'k');
    await registry.untagVersion(name, '1', 'k');
    await registry.describeVersion(name, '1', '');
    expect(await registry.version(name, '1')).toMatchObject({ description: '', tags: new Map() });
  });

  test('the longest tag', async () => {
    const { registry, server } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 1);
    const longest = DIFFERENCES.longestTag.is[server];
    await registry.tagVersion(name, '1', 'k', 'x'.repeat(longest));
    await expectFailure(registry.tagVersion(name, '1', 'k', 'x'.repeat(longest + 1)), {
      reason: 'refused',
      code: 'INVALID_PARAMETER_VALUE',
    });
  });

  test.each(['', 'a'.repeat(251), 'a(b)', '../a'])('the tag key %j is refused', async (key) => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 1);
    await expectFailure(registry.tagVersion(name, '1', key, 'v'), { reason: 'refused' });
  });

  test.each(['/etc/passwd', 'file:///etc/passwd', 's3://bucket/../x', 'passmuster:ledger'])(
    'the source %j is refused',
    async (source) => {
      const { registry } = subject();
      const { name } = await freshModel(subject());
      await expectFailure(registry.createVersion({ model: name, source }), {
        reason: 'refused',
        code: 'INVALID_PARAMETER_VALUE',
      });
    },
  );

  test('a source behind the file proxy belongs to its run', async () => {
    const { registry, server } = subject();
    const { name } = await freshModel(subject());
    const { run } = await freshRun(subject());
    const source = `${(await registry.run(run))?.artifactUri}/model`;
    const made = await registry.createVersion({ model: name, source, runId: run });
    expect(made).toMatchObject({ source, runId: run });
    const without = registry.createVersion({ model: name, source });
    if (DIFFERENCES.takesProxySourceWithoutRun.is[server]) await without;
    else await expectFailure(without, { reason: 'refused', code: 'INVALID_PARAMETER_VALUE' });
  });

  test('a source that is a version leads to its files', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 1);
    await registry.createVersion({ model: name, source: `models:/${name}/1` });
    expect(await registry.downloadUri(name, '2')).toBe(SOURCE);
  });
}
