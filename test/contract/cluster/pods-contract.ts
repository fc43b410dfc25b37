import type { Pod } from '@passmuster/core/cluster/pod.ts';
import type { Workload } from '@passmuster/core/cluster/workload.ts';
import { describe, expect, test, vi } from 'vitest';
import { createWorkload } from '../../services/kubernetes-objects.ts';
import { failing, refOf, type World } from './world.ts';

export function podsContract(world: () => World): void {
  /** A workload whose pods have come to what they were told. */
  async function running(
    state: string,
    fits: (pod: Pod) => boolean,
    more: { withInit?: boolean } = {},
  ): Promise<{ workload: Workload; pods: readonly Pod[] }> {
    const namespace = await world().namespace();
    const ref = refOf('Deployment', namespace, 'stable');
    await createWorkload(world().api, { ...ref, replicas: 2, state, ...more });
    await createWorkload(world().api, { ...ref, name: 'other', replicas: 1 });
    const workload = await world().cluster.workload(ref);
    if (workload === undefined) throw new Error('It is not there.');
    const pods = await vi.waitFor(
      async () => {
        const all = await world().cluster.pods(workload);
        expect(all.length).toBe(2);
        expect(all.every(fits)).toBe(true);
        return all;
      },
      { timeout: 30_000, interval: 50 },
    );
    return { workload, pods };
  }

  const isReady = (pod: Pod) =>
    pod.conditions.some(({ type, status }) => type === 'Ready' && status === 'True');

  const event = (pod: Pod, name: string, more: Record<string, unknown>) => ({
    metadata: { name, namespace: pod.namespace },
    involvedObject: {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: pod.namespace,
      name: pod.name,
      uid: pod.uid,
    },
    source: { component: 'kubelet' },
    type: 'Warning',
    ...more,
  });

  describe('pods', () => {
    test('those of a workload, and no others', async () => {
      const { pods } = await running('ready', isReady);
      for (const pod of pods) {
        expect(pod).toMatchObject({ isDeleting: false, phase: 'Running' });
        expect(pod.labels.get('app')).toBe('stable');
        expect(pod.owner).toMatchObject({ kind: 'ReplicaSet' });
        expect(Math.abs(pod.created - Date.now())).toBeLessThan(600_000);
        expect(pod.containers).toEqual([
          { name: 'main', isInit: false, isReady: true, restarts: 0 },
        ]);
      }
    });

    test('that fail, with how', async () => {
      const waits = (pod: Pod) => pod.containers.some(({ waiting }) => waiting !== undefined);
      const { pods } = await running('main/CrashLoopBackOff/137', waits);
      const [container] = pods[0]?.containers ?? [];
      expect(container).toMatchObject({
        name: 'main',
        isReady: false,
        waiting: { reason: 'CrashLoopBackOff' },
        last: { reason: 'OOMKilled', exitCode: 137 },
      });
      expect(container?.restarts).toBeGreaterThan(0);
    });

    test('of which the first container fails', async () => {
      const waits = (pod: Pod) =>
        pod.containers.some(({ isInit, waiting }) => isInit && waiting !== undefined);
      const { pods } = await running('init/ImagePullBackOff', waits, { withInit: true });
      expect(pods[0]?.containers.find(({ isInit }) => isInit)).toMatchObject({
        waiting: { reason: 'ImagePullBackOff' },
      });
    });

    test('that nobody takes', async () => {
      const isRefused = (pod: Pod) => pod.conditions.some(({ reason }) => reason !== '');
      const { pods } = await running('pending/0 of 3 nodes fit', isRefused);
      expect(pods[0]).toMatchObject({ phase: 'Pending', containers: [] });
      expect(pods[0]?.conditions).toContainEqual({
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: '0 of 3 nodes fit',
      });
    });

    test('what was said of one, the oldest first and at most twenty', async () => {
      const { pods } = await running('ready', isReady);
      const [pod, other] = pods;
      if (!pod || !other) throw new Error('They are not there.');
      const path = `/api/v1/namespaces/${pod.namespace}/events`;
      const said = async (of: Pod, index: number) => {
        const at = new Date(Date.UTC(2026, 0, 1, 0, 0, 100 - index)).toISOString();
        const times = { firstTimestamp: at, lastTimestamp: at, count: index + 1 };
        const its = { reason: 'BackOff', message: `number ${index}`, ...times };
        const { status } = await world().api('POST', path, event(of, `e${index}-${of.name}`, its));
        expect(status).toBe(201);
      };
      for (let index = 0; index < 25; index++) await said(pod, index);
      await said(other, 3);
      const events = (await world().cluster.events(pod)).filter(
        ({ reason }) => reason === 'BackOff',
      );
      const expected = Array.from({ length: 20 }, (_, index) => ({
        type: 'Warning',
        reason: 'BackOff',
        message: `number ${19 - index}`,
        count: 20 - index,
      }));
      // Others may have said something, too, and that is newer.
      expect(events).toEqual(expected.slice(expected.length - events.length));
      expect(events.length).toBeGreaterThan(10);
    });

    test('the log of one that has none', async () => {
      const { pods } = await running('pending/0 of 3 nodes fit', () => true);
      const [pod] = pods;
      if (!pod) throw new Error('It is not there.');
      for (const previous of [false, true]) {
        expect(await world().cluster.log(pod, 'main', { lines: 10, previous })).toBe('');
      }
      expect(await world().cluster.log(pod, 'none', { lines: 10, previous: false })).toBe('');
      const gone = { ...pod, name: 'nobody-made-this' };
      expect(await world().cluster.log(gone, 'main', { lines: 10, previous: false })).toBe('');
    });

    test('only that very one is deleted', async () => {
      const { pods, workload } = await running('ready', isReady);
      const [pod] = pods;
      if (!pod) throw new Error('It is not there.');
      const uid = '00000000-0000-4000-8000-000000000000';
      const error = await failing(world().cluster.deletePod({ ...pod, uid }));
      expect(error.failure).toMatchObject({ reason: 'contended', effect: 'none', status: 409 });
      await world().cluster.deletePod(pod);
      await vi.waitFor(async () => {
        const all = await world().cluster.pods(workload);
        expect(all.every((one) => one.uid !== pod.uid || one.isDeleting)).toBe(true);
      });
      await world().cluster.deletePod({ ...pod, name: 'nobody-made-this' });
    });
  });
}
