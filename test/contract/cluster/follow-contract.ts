import type { Workload } from '@passmuster/core/cluster/workload.ts';
import { describe, expect, test } from 'vitest';
import { createWorkload, workloadPath } from '../../services/kubernetes-objects.ts';
import { startFollower } from './follower.ts';
import { failing, hintOf, refOf, type World } from './world.ts';

export function followContract(world: () => World): void {
  const stable = (namespace: string) => refOf('Deployment', namespace, 'stable');

  async function seeded(namespace: string): Promise<Workload> {
    await createWorkload(world().api, { ...stable(namespace), replicas: 2 });
    const seen = await world().cluster.workload(stable(namespace));
    if (seen === undefined) throw new Error('It is not there.');
    return seen;
  }

  describe('following', () => {
    test('tells of a rollout to its end', async () => {
      const namespace = await world().namespace();
      await seeded(namespace);
      const follower = startFollower(world().cluster, stable(namespace));
      const isDone = (generation: number) => (workload: Workload | undefined) =>
        workload !== undefined &&
        workload.observed >= generation &&
        workload.counts.updated === 2 &&
        workload.counts.available === 2 &&
        workload.counts.there === 2;
      const first = await follower.until(isDone(1));
      if (first === undefined) throw new Error('It is gone.');
      const { generation } = await world().cluster.stamp(first, new Map([['a', '1']]));
      const second = await follower.until(isDone(generation));
      expect(second?.template.annotations).toEqual(new Map([['a', '1']]));
      await follower.stop();
    });

    test('tells of one that is not there, comes, goes, and comes as another', async () => {
      const namespace = await world().namespace();
      const follower = startFollower(world().cluster, stable(namespace));
      expect(await follower.until(() => true)).toBeUndefined();
      const { uid } = await seeded(namespace);
      await follower.until((workload) => workload?.uid === uid);
      const path = workloadPath('Deployment', namespace, 'stable');
      await world().api('DELETE', path);
      await follower.until((workload) => workload === undefined);
      const again = await seeded(namespace);
      expect(again.uid).not.toBe(uid);
      await follower.until((workload) => workload?.uid === again.uid);
      await follower.stop();
    });

    test('ends at once when it is told to, also before it began', async () => {
      const namespace = await world().namespace();
      await seeded(namespace);
      const follower = startFollower(world().cluster, stable(namespace));
      await follower.until(() => true);
      const start = performance.now();
      await follower.stop();
      expect(performance.now() - start).toBeLessThan(1000);
      const all = world().cluster.follow(stable(namespace), AbortSignal.abort());
      for await (const _ of all) throw new Error('It told of something.');
    });

    test('ends when nobody listens any more', async () => {
      const namespace = await world().namespace();
      await seeded(namespace);
      const all = world().cluster.follow(stable(namespace), new AbortController().signal);
      for await (const workload of all) {
        expect(workload).toMatchObject(stable(namespace));
        break;
      }
    });

    test.each([
      ['list', ['get']],
      ['watch', ['get', 'list']],
    ])('whoever may not %s is told so', async (verb, verbs) => {
      const namespace = await world().namespace();
      await world().allow(namespace, [{ apiGroups: ['apps'], resources: ['deployments'], verbs }]);
      const error = await failing(startFollower(world().limited, stable(namespace)).done);
      expect(error.failure).toMatchObject({ reason: 'denied', effect: 'none', status: 403 });
      expect(hintOf(error)).toContain(
        `- {apiGroups: [apps], resources: [deployments], verbs: [${verb}]}`,
      );
    });

    test('rights to one name are enough', async () => {
      const namespace = await world().namespace();
      const verbs = ['get', 'list', 'watch'];
      const rule = { apiGroups: ['apps'], resources: ['deployments'], verbs };
      await world().allow(namespace, [{ ...rule, resourceNames: ['stable'] }]);
      const { uid } = await seeded(namespace);
      const follower = startFollower(world().limited, stable(namespace));
      await follower.until((workload) => workload?.uid === uid);
      await follower.until((workload) => workload?.counts.available === 2);
      await follower.stop();
    });

    test('whom nobody knows', async () => {
      const follower = startFollower(world().stranger, stable('default'));
      expect((await failing(follower.done)).failure).toMatchObject({
        reason: 'denied',
        status: 401,
      });
    });
  });
}
