import type { ConfigMap } from '@passmuster/core/cluster/configmap.ts';
import { describe, expect, test } from 'vitest';
import { failing, hintOf, NOTHING, only, type World } from './world.ts';

export function configMapsContract(world: () => World): void {
  const pathOf = (namespace: string, name = 'models') =>
    `/api/v1/namespaces/${namespace}/configmaps/${name}`;

  /** One that is there, as it was read. */
  async function seeded(more: Record<string, unknown> = {}): Promise<ConfigMap> {
    const namespace = await world().namespace();
    const body = { metadata: { name: 'models' }, data: { llm: '1', other: 'x' }, ...more };
    const { status } = await world().api('POST', pathOf(namespace, '').slice(0, -1), body);
    expect(status).toBe(201);
    const seen = await world().cluster.configMap({ namespace, name: 'models' });
    if (seen === undefined) throw new Error('It is not there.');
    return seen;
  }

  const dataNow = async ({ namespace, name }: ConfigMap) =>
    (await world().api('GET', pathOf(namespace, name))).body.data;

  const change = (seen: ConfigMap, data: Record<string, string | undefined>) =>
    world().cluster.changeConfigMap(seen, only(data));

  describe('reading a ConfigMap', () => {
    test('one that is not there, in a namespace that is and in one that is not', async () => {
      const namespace = await world().namespace();
      for (const one of [namespace, 'nobody-made-this']) {
        expect(await world().cluster.configMap({ namespace: one, name: 'models' })).toBeUndefined();
      }
    });

    test('all of one', async () => {
      const seen = await seeded({
        metadata: { name: 'models', labels: { app: 'llm' }, annotations: { 'a/b': 'c' } },
        binaryData: { weights: 'AAEC' },
        immutable: true,
      });
      expect(seen.data).toEqual(new Map(Object.entries({ llm: '1', other: 'x' })));
      expect(seen.labels).toEqual(new Map([['app', 'llm']]));
      expect(seen.annotations).toEqual(new Map([['a/b', 'c']]));
      expect(seen).toMatchObject({ binaryKeys: ['weights'], isImmutable: true });
      expect(seen.uid).toMatch(/^[0-9a-f-]{36}$/);
      expect(seen.resourceVersion).toMatch(/^[1-9]\d*$/);
      expect(seen.managers.flatMap(({ keys }) => keys).toSorted()).toEqual(['llm', 'other']);
    });

    test('a name that is none is asked of nobody', async () => {
      const at = { namespace: 'default', name: '../secrets' };
      await expect(world().cluster.configMap(at)).rejects.toThrow('is no name');
    });
  });

  describe('changing a ConfigMap', () => {
    test('sets, adds and takes away in one write, and leaves the rest', async () => {
      const seen = await seeded();
      const after = await world().cluster.changeConfigMap(seen, {
        data: new Map([
          ['llm', '2'],
          ['new', 'line\nbreak'],
          ['gone', undefined],
        ]),
        annotations: new Map([['passmuster.dev/at', 'now']]),
      });
      expect(after.data).toEqual(
        new Map(Object.entries({ llm: '2', new: 'line\nbreak', other: 'x' })),
      );
      expect(after.annotations).toEqual(new Map([['passmuster.dev/at', 'now']]));
      expect(after.uid).toBe(seen.uid);
      expect(after.resourceVersion).not.toBe(seen.resourceVersion);
      const own = after.managers.find(({ name }) => name === 'passmuster');
      expect(own).toMatchObject({ operation: 'Update' });
      expect(own?.keys.toSorted()).toEqual(['llm', 'new']);
      const without = await change(after, { new: undefined });
      expect([...without.data.keys()].toSorted()).toEqual(['llm', 'other']);
    });

    test('what changes nothing makes no new version', async () => {
      const seen = await seeded();
      expect((await change(seen, { llm: '1' })).resourceVersion).toBe(seen.resourceVersion);
    });

    test('under a version that is old by now, nothing is written', async () => {
      const seen = await seeded();
      await change(seen, { other: 'y' });
      const error = await failing(change(seen, { llm: '2' }));
      expect(error.failure).toEqual({
        reason: 'contended',
        effect: 'none',
        status: 409,
        code: 'Conflict',
      });
      expect(error.message).toContain(
        `Could not change the ConfigMap ${seen.namespace}/models at ${world().cluster.address}: the server answered 409 Conflict`,
      );
      expect(await dataNow(seen)).toEqual({ llm: '1', other: 'y' });
    });

    test('of many at once, one is first', async () => {
      const seen = await seeded();
      const all = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) => change(seen, { llm: `v${index}` })),
      );
      const failed = all.filter((one) => one.status === 'rejected');
      expect(failed.length).toBe(7);
      for (const { reason } of failed) expect(reason.failure.reason).toBe('contended');
    });

    test('one that was deleted is missing, one that was made anew is another', async () => {
      const seen = await seeded();
      await world().api('DELETE', pathOf(seen.namespace));
      expect((await failing(change(seen, { llm: '2' }))).failure.reason).toBe('missing');
      const again = await world().cluster.createConfigMap(seen, only({ llm: '1' }));
      const error = await failing(change(seen, { llm: '2' }));
      expect(error.failure).toMatchObject({ reason: 'contended', effect: 'none' });
      const mixed = { ...seen, resourceVersion: again.resourceVersion };
      const other = await failing(change(mixed, { llm: '2' }));
      expect(other.failure).toMatchObject({ reason: 'contended', effect: 'none' });
      expect(other.message).toContain('it was deleted and made anew');
      expect(await dataNow(seen)).toEqual({ llm: '1' });
    });

    test('one that is immutable', async () => {
      const seen = await seeded({ immutable: true });
      const error = await failing(change(seen, { llm: '2' }));
      expect(error.failure).toMatchObject({ reason: 'refused', effect: 'none', status: 422 });
      expect(error.message).toMatch(/data: .*immutable/);
    });

    test('what is too large', async () => {
      const seen = await seeded();
      const large = await failing(change(seen, { llm: 'x'.repeat(1_048_577) }));
      expect(large.failure).toMatchObject({ reason: 'refused', effect: 'none', status: 422 });
      expect(large.message).toContain('1048576 bytes');
      const larger = await failing(change(seen, { llm: 'x'.repeat(3_200_000) }));
      expect(larger.failure).toMatchObject({ reason: 'refused', effect: 'none', status: 413 });
      expect(await dataNow(seen)).toEqual({ llm: '1', other: 'x' });
    });

    test('a key that cannot be one; what is refused does not repeat the values', async () => {
      const seen = await seeded();
      const error = await failing(change(seen, { 'no key': 'secret-value-of-mine' }));
      expect(error.failure).toMatchObject({ reason: 'refused', effect: 'none', status: 422 });
      expect(error.message).toContain('no key');
      expect(error.message).not.toContain('secret-value-of-mine');
    });

    test('a dry run is judged, answers what would be, and stores nothing', async () => {
      const seen = await seeded();
      const would = await world().cluster.changeConfigMap(seen, only({ llm: '2' }), {
        dryRun: true,
      });
      expect(would.data.get('llm')).toBe('2');
      expect(await dataNow(seen)).toEqual({ llm: '1', other: 'x' });
      await change(seen, { other: 'y' });
      const late = world().cluster.changeConfigMap(seen, only({ llm: '2' }), { dryRun: true });
      expect((await failing(late)).failure.reason).toBe('contended');
    });

    test.each(['', '0', '01', 'x', '-1', '1 '])('never under the version "%s"', async (version) => {
      const seen = await seeded();
      const error = await failing(change({ ...seen, resourceVersion: version }, { llm: '2' }));
      expect(error.failure).toEqual({ reason: 'refused', effect: 'none' });
      expect(await dataNow(seen)).toEqual({ llm: '1', other: 'x' });
    });
  });

  describe('creating a ConfigMap', () => {
    test('with what it is to hold', async () => {
      const at = { namespace: await world().namespace(), name: 'models' };
      const change = {
        data: new Map([
          ['llm', '1'],
          ['none', undefined],
        ]),
        annotations: new Map([['a/b', 'c']]),
      };
      const would = await world().cluster.createConfigMap(at, change, { dryRun: true });
      expect(would.data).toEqual(new Map([['llm', '1']]));
      expect(await world().cluster.configMap(at)).toBeUndefined();
      const made = await world().cluster.createConfigMap(at, change);
      expect(made).toMatchObject(at);
      expect(made.annotations).toEqual(new Map([['a/b', 'c']]));
      expect(await world().cluster.configMap(at)).toEqual(made);
    });

    test('one that is there', async () => {
      const seen = await seeded();
      const error = await failing(
        world().cluster.createConfigMap(seen, { data: NOTHING, annotations: NOTHING }),
      );
      expect(error.failure).toMatchObject({ reason: 'exists', effect: 'none' });
      expect(hintOf(error)).not.toBe('');
    });

    test('in a namespace that is not there', async () => {
      const at = { namespace: 'nobody-made-this', name: 'models' };
      const error = await failing(world().cluster.createConfigMap(at, only({ llm: '1' })));
      expect(error.failure).toMatchObject({ reason: 'missing', effect: 'none' });
      expect(error.message).toContain('namespaces');
    });
  });
}
