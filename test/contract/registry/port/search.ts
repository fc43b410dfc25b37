import type { VersionQuery } from '@passmuster/core/registry/registry.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rounds } from '../../../rounds.ts';
import { freshModel, freshName, freshRun, SOURCE, type Subject, versionsOf } from './opened.ts';

/** What stands where a query language might trip. */
const SIGNS = [
  `'`,
  '"',
  '`',
  '\\',
  '%',
  '_',
  ' ',
  '.',
  '-',
  ';',
  '--',
  '/*',
  'AND',
  '=',
  'é',
  '\n',
];

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...SIGNS), fc.string({ maxLength: 3 })), { maxLength: 8 })
  .map((parts) => parts.join(''))
  .filter((text) => !text.includes('\0'));

const key = fc.string({
  unit: fc.constantFrom(...'aZ0_-.: /'),
  minLength: 1,
  maxLength: 12,
});

/** MLflow takes no key that reads as another path, such as `a//b`. */
const isPath = (text: string): boolean => /(?:^|\/)(?:\.{0,2})(?:\/|$)/.test(text);

export function searchContract(subject: Subject): void {
  const numbers = async (query: VersionQuery): Promise<string[]> =>
    (await Array.fromAsync(subject().registry.versions(query))).map(({ number }) => number);

  test('of a model: the newest first by number, or the oldest', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    await versionsOf(subject(), name, 11);
    await registry.describeVersion(name, '2', 'touched last');
    const all = Array.from({ length: 11 }, (_, index) => String(index + 1));
    expect(await numbers({ model: name })).toEqual(all.toReversed());
    expect(await numbers({ model: name, order: 'oldest' })).toEqual(all);
    expect(await numbers({ model: name, most: 2 })).toEqual(['11', '10']);
    expect(await numbers({ model: name, most: 0 })).toEqual([]);
    expect(await numbers({ model: freshName('nobody') })).toEqual([]);
  });

  test('of a name and no other that is like it', async () => {
    const { registry } = subject();
    const start = freshName('like');
    for (const end of ['_', 'x', '%', '']) {
      await registry.createModel({ name: start + end });
      await versionsOf(subject(), start + end, 1);
    }
    for (const end of ['_', 'x', '%', '']) {
      const found = await Array.fromAsync(registry.versions({ model: start + end }));
      expect(found.map(({ model }) => model)).toEqual([start + end]);
    }
  });

  test('of a run, over models', async () => {
    const { registry } = subject();
    const { run } = await freshRun(subject());
    const one = await freshModel(subject());
    const other = await freshModel(subject());
    for (const model of [one.name, other.name, one.name]) {
      await registry.createVersion({ model, source: SOURCE, runId: run });
      await registry.createVersion({ model, source: SOURCE });
    }
    const found = await Array.fromAsync(registry.versions({ runId: run }));
    expect(found.map(({ model, number }) => [model, number])).toEqual(
      expect.arrayContaining([
        [one.name, '3'],
        [one.name, '1'],
        [other.name, '1'],
      ]),
    );
    expect(found).toHaveLength(3);
    expect(await numbers({ runId: run, model: one.name, order: 'oldest' })).toEqual(['1', '3']);
    expect(await numbers({ runId: '', model: other.name })).toEqual(['2']);
  });

  test('by several tags, all of which must hold', async () => {
    const { registry } = subject();
    const { name } = await freshModel(subject());
    const create = (tags: [string, string][]) =>
      registry.createVersion({ model: name, source: SOURCE, tags: new Map(tags) });
    await create([
      ['state', 'open'],
      ['order', 'a'],
    ]);
    await create([
      ['state', 'open'],
      ['order', 'b'],
    ]);
    await create([
      ['state', 'done'],
      ['order', 'a'],
    ]);
    await create([]);
    expect(await numbers({ model: name, tags: new Map([['state', 'open']]) })).toEqual(['2', '1']);
    const both = new Map([
      ['state', 'open'],
      ['order', 'a'],
    ]);
    expect(await numbers({ model: name, tags: both })).toEqual(['1']);
    await registry.tagVersion(name, '1', 'state', 'done');
    expect(await numbers({ model: name, tags: both })).toEqual([]);
  });

  test('by names, keys and values with quotes, signs and words of the language', async () => {
    const { registry } = subject();
    const tag = fc.record({ key: key.filter((text) => !isPath(text)), value: hostile });
    let made = 0;
    await fc.assert(
      fc.asyncProperty(hostile, tag, tag, async (odd, first, second) => {
        const name = `${freshName('odd')} ${odd.replaceAll(/[/:]/g, '')}`;
        await registry.createModel({ name });
        const tags = new Map([
          [first.key, first.value],
          [second.key, second.value],
        ]);
        await registry.createVersion({ model: name, source: SOURCE, tags });
        await registry.createVersion({ model: name, source: SOURCE });
        made++;
        expect(await numbers({ model: name, tags })).toEqual(['1']);
        expect(await numbers({ model: name })).toEqual(['2', '1']);
      }),
      rounds(300),
    );
    expect(made).toBeGreaterThan(0);
  });

  describe('over pages', () => {
    const inPages = async (query: VersionQuery): Promise<string[]> =>
      (await Array.fromAsync(subject().inSmallPages.versions(query))).map(({ number }) => number);
    const OPEN = new Map([['state', 'open']]);

    async function openVersions(model: string, many: number): Promise<string[]> {
      const { registry } = subject();
      const made: string[] = [];
      for (let left = many; left > 0; left--) {
        made.push((await registry.createVersion({ model, source: SOURCE, tags: OPEN })).number);
      }
      return made;
    }

    test('nothing twice, nothing left out, and no more than wanted', async () => {
      const { name } = await freshModel(subject());
      const all = await openVersions(name, 11);
      expect(await inPages({ model: name, order: 'oldest' })).toEqual(all);
      expect(await inPages({ model: name, tags: OPEN })).toEqual(all.toReversed());
      expect(await inPages({ model: name, most: 7 })).toEqual(all.toReversed().slice(0, 7));
    });

    test('over models', async () => {
      const { registry } = subject();
      const { run } = await freshRun(subject());
      const models = [await freshModel(subject()), await freshModel(subject())];
      for (const { name } of [...models, ...models, ...models, ...models]) {
        await registry.createVersion({ model: name, source: SOURCE, runId: run });
      }
      const numbers = await inPages({ runId: run, order: 'oldest' });
      expect(numbers).toEqual(['1', '1', '2', '2', '3', '3', '4', '4']);
    });

    test('while others take some away: nothing is passed over', async () => {
      const { registry, inSmallPages } = subject();
      const { name } = await freshModel(subject());
      const all = await openVersions(name, 11);
      const found: string[] = [];
      const open = { model: name, tags: OPEN, order: 'oldest' } as const;
      for await (const { number } of inSmallPages.versions(open)) {
        if (found.length === 0) {
          for (const sealed of ['1', '2', '3']) {
            await registry.tagVersion(name, sealed, 'state', 'done');
          }
        }
        found.push(number);
      }
      expect(found).toEqual(all);
    });

    test('while others add some: the newest first still ends', async () => {
      const { registry, inSmallPages } = subject();
      const { name } = await freshModel(subject());
      const all = await openVersions(name, 7);
      const found: string[] = [];
      for await (const { number } of inSmallPages.versions({ model: name })) {
        await registry.createVersion({ model: name, source: SOURCE });
        found.push(number);
      }
      expect(found).toEqual(all.toReversed());
    });

    test('of models, experiments, runs and metrics', async () => {
      const { registry, inSmallPages } = subject();
      const start = freshName('paged');
      const names = Array.from({ length: 8 }, (_, index) => `${start}-${index}`);
      for (const name of names) await registry.createModel({ name });
      const models = await Array.fromAsync(inSmallPages.models({ nameLike: `${start}-%` }));
      expect(models.map(({ name }) => name)).toEqual(names);

      for (const name of names.slice(4)) await registry.createExperiment(name);
      const experiments = await Array.fromAsync(inSmallPages.experiments());
      expect(experiments.map(({ name }) => name)).toEqual(expect.arrayContaining(names.slice(4)));

      const { experiment, run } = await freshRun(subject());
      const runs = [run];
      for (const _ of [1, 2, 3]) {
        runs.push((await registry.createRun({ experimentId: experiment })).id);
      }
      const found = await Array.fromAsync(inSmallPages.runs({ experimentIds: [experiment] }));
      expect(found.map(({ id }) => id).toSorted()).toEqual(runs.toSorted());

      const metrics = Array.from({ length: 8 }, (_, step) => ({
        key: 'loss',
        value: step,
        step,
        timestamp: step,
      }));
      await registry.log(run, { metrics });
      const history = await Array.fromAsync(inSmallPages.metricHistory(run, 'loss'));
      expect(history.map(({ step }) => step).toSorted()).toEqual(metrics.map(({ step }) => step));
    });
  });
}
