import type { Workload } from '@passmuster/core/cluster/workload.ts';
import { describe, expect, test } from 'vitest';
import { MERGE_PATCH } from '../../services/kubernetes-api.ts';
import { createWorkload, workloadOf, workloadPath } from '../../services/kubernetes-objects.ts';
import { failing, refOf, type World } from './world.ts';

export function workloadsContract(world: () => World): void {
  /** One of 0 pods, as it was read. */
  async function seeded(kind: Workload['kind'] = 'Deployment'): Promise<Workload> {
    const namespace = await world().namespace();
    await createWorkload(world().api, { kind, namespace, name: 'stable', replicas: 0 });
    const seen = await world().cluster.workload(refOf(kind, namespace, 'stable'));
    if (seen === undefined) throw new Error('It is not there.');
    return seen;
  }

  const stamp = (
    seen: Workload,
    annotations: Record<string, string | undefined>,
    call: { dryRun?: boolean } = {},
  ) => world().cluster.stamp(seen, new Map(Object.entries(annotations)), call);

  const now = async (seen: Workload) => {
    const found = await world().cluster.workload(seen);
    if (found === undefined) throw new Error('It is gone.');
    return found;
  };

  describe('namespaces', () => {
    test('one that is there, and one that is not', async () => {
      expect(await world().cluster.hasNamespace(await world().namespace())).toBe(true);
      expect(await world().cluster.hasNamespace('nobody-made-this')).toBe(false);
    });

    test('nothing where one may not know', async () => {
      const namespace = await world().namespace();
      expect(await world().limited.hasNamespace(namespace)).toBeUndefined();
    });
  });

  describe('reading workloads', () => {
    test('of all kinds, as far as a ConfigMap may be read by them', async () => {
      const namespace = await world().namespace();
      const reads = { configMap: 'models', key: 'llm' };
      for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet'] as const) {
        const name = kind.toLowerCase();
        await createWorkload(world().api, { kind, namespace, name, replicas: 0, reads });
      }
      const all = await world().cluster.workloads(namespace);
      expect(all.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
        'DaemonSet daemonset',
        'Deployment deployment',
        'StatefulSet statefulset',
      ]);
      for (const one of all) {
        expect(one).toMatchObject({ namespace, isPaused: false, strategy: 'RollingUpdate' });
        expect(one.generation).toBe(1);
        expect(one.selector).toEqual(new Map([['app', one.name]]));
        const keyRef = { name: 'models', key: 'llm' };
        expect(one.template.pod.containers).toEqual([
          expect.objectContaining({
            name: 'main',
            env: [{ name: 'MODEL_VERSION', valueFrom: { configMapKeyRef: keyRef } }],
          }),
        ]);
        const alone = await world().cluster.workload(one);
        expect(alone).toMatchObject({ uid: one.uid, kind: one.kind, name: one.name });
      }
      const deployment = all.find(({ kind }) => kind === 'Deployment');
      expect(deployment?.deadline).toBe(600);
    });

    test('none, and one that is not there', async () => {
      const namespace = await world().namespace();
      expect(await world().cluster.workloads(namespace)).toEqual([]);
      expect(await world().cluster.workloads('nobody-made-this')).toEqual([]);
      expect(await world().cluster.workload(refOf('Deployment', namespace, 'x'))).toBeUndefined();
    });
  });

  describe('stamping', () => {
    test.each(['Deployment', 'StatefulSet', 'DaemonSet'] as const)('a %s', async (kind) => {
      const seen = await seeded(kind);
      expect(seen.template.annotations.size).toBe(0);
      const first = await stamp(seen, { 'passmuster.dev/llm': '1', 'odd.key': '{"a": "ä"}' });
      expect(first.template.annotations).toEqual(
        new Map(Object.entries({ 'passmuster.dev/llm': '1', 'odd.key': '{"a": "ä"}' })),
      );
      expect(first).toMatchObject({ uid: seen.uid, generation: 2 });
      const second = await stamp(first, {
        'passmuster.dev/llm': '2',
        'odd.key': undefined,
        'was-never-there': undefined,
      });
      expect(second.template.annotations).toEqual(new Map([['passmuster.dev/llm', '2']]));
      expect((await now(seen)).generation).toBe(3);
    });

    test('what says the same counts for nothing', async () => {
      const first = await stamp(await seeded(), { a: '1' });
      expect((await stamp(first, { a: '1' })).generation).toBe(first.generation);
      expect((await stamp(first, {})).generation).toBe(first.generation);
    });

    test('a dry run stores nothing', async () => {
      const seen = await seeded();
      const would = await stamp(seen, { a: '1' }, { dryRun: true });
      expect(would.template.annotations).toEqual(new Map([['a', '1']]));
      expect((await now(seen)).generation).toBe(1);
    });

    test('under a generation that is old by now', async () => {
      const seen = await seeded();
      await stamp(seen, { a: '1' });
      for (const dryRun of [false, true]) {
        const error = await failing(stamp(seen, { a: '2' }, { dryRun }));
        expect(error.failure).toMatchObject({ reason: 'contended', effect: 'none' });
        expect(error.message).toContain('it has changed since it was read');
      }
      expect((await now(seen)).template.annotations).toEqual(new Map([['a', '1']]));
    });

    test('status and labels are none of its business', async () => {
      const seen = await seeded();
      const path = workloadPath('Deployment', seen.namespace, 'stable');
      await world().api('PATCH', path, { metadata: { labels: { x: 'y' } } }, MERGE_PATCH);
      expect((await now(seen)).resourceVersion).not.toBe(seen.resourceVersion);
      expect((await stamp(seen, { a: '1' })).generation).toBe(2);
    });

    test('one that was deleted, and one that was made anew', async () => {
      const seen = await seeded();
      const path = workloadPath('Deployment', seen.namespace, 'stable');
      await world().api('DELETE', path);
      expect((await failing(stamp(seen, { a: '1' }))).failure.reason).toBe('missing');
      const all = workloadPath('Deployment', seen.namespace);
      const again = workloadOf({ ...seen, replicas: 0 });
      expect((await world().api('POST', all, again)).status).toBe(201);
      const error = await failing(stamp(seen, { a: '1' }));
      expect(error.failure).toMatchObject({ reason: 'contended', effect: 'none' });
    });

    test('a key that cannot be one is refused, which is nobody else’s doing', async () => {
      const seen = await seeded();
      const error = await failing(stamp(seen, { 'no key': '1' }));
      expect(error.failure).toMatchObject({ reason: 'refused', effect: 'none', status: 422 });
      expect(error.message).toContain('no key');
    });
  });
}
