import { describe, expect, test } from 'vitest';
import { createConfigMap, createWorkload } from '../../services/kubernetes-objects.ts';
import { failing, hintOf, only, refOf, type World } from './world.ts';

export function rightsContract(world: () => World): void {
  describe('whoever may not', () => {
    test('is told the rule that is missing, and for whom', async () => {
      const namespace = await world().namespace();
      const { limited, cluster, limitedName } = world();
      await createConfigMap(world().api, namespace, 'models', { llm: '1' });
      await createWorkload(world().api, {
        ...refOf('Deployment', namespace, 'stable'),
        replicas: 0,
      });
      const at = { namespace, name: 'models' };
      const seen = await cluster.configMap(at);
      const workload = await cluster.workload(refOf('Deployment', namespace, 'stable'));
      if (!seen || !workload) throw new Error('They are not there.');
      const pod = { namespace, name: 'p', uid: 'x' } as Parameters<typeof limited.deletePod>[0];
      const cases: readonly (readonly [() => Promise<unknown>, string])[] = [
        [() => limited.configMap(at), 'apiGroups: [""], resources: [configmaps], verbs: [get]'],
        [
          () => limited.changeConfigMap(seen, only({ llm: '2' }), { dryRun: true }),
          'apiGroups: [""], resources: [configmaps], verbs: [patch]',
        ],
        [
          () => limited.createConfigMap({ namespace, name: 'new' }, only({})),
          'apiGroups: [""], resources: [configmaps], verbs: [create]',
        ],
        [
          () => limited.workload(workload),
          'apiGroups: [apps], resources: [deployments], verbs: [get]',
        ],
        [
          () => limited.stamp(workload, new Map([['a', '1']])),
          'apiGroups: [apps], resources: [deployments], verbs: [patch]',
        ],
        [() => limited.pods(workload), 'apiGroups: [""], resources: [pods], verbs: [list]'],
        [
          () => limited.log(pod, 'main', { lines: 10, previous: false }),
          'apiGroups: [""], resources: [pods/log], verbs: [get]',
        ],
        [() => limited.events(pod), 'apiGroups: [""], resources: [events], verbs: [list]'],
        [() => limited.deletePod(pod), 'apiGroups: [""], resources: [pods], verbs: [delete]'],
      ];
      for (const [ask, rule] of cases) {
        const error = await failing(ask());
        expect(error.failure).toMatchObject({ reason: 'denied', effect: 'none', status: 403 });
        expect(hintOf(error)).toBe(
          `Add to a Role of namespace "${namespace}" that is bound to "${limitedName}": - {${rule}}`,
        );
      }
      const all = await failing(limited.workloads(namespace));
      expect(hintOf(all)).toMatch(/resources: \[\w+sets|deployments\], verbs: \[list\]/);
    });

    test('may once the rule is there', async () => {
      const namespace = await world().namespace();
      await createConfigMap(world().api, namespace, 'models', { llm: '1' });
      const verbs = ['get', 'patch'];
      await world().allow(namespace, [
        { apiGroups: [''], resources: ['configmaps'], resourceNames: ['models'], verbs },
      ]);
      const seen = await world().limited.configMap({ namespace, name: 'models' });
      if (seen === undefined) throw new Error('It is not there.');
      const after = await world().limited.changeConfigMap(seen, only({ llm: '2' }));
      expect(after.data.get('llm')).toBe('2');
    });

    test('whom nobody knows is told what was sent, and not the token', async () => {
      const error = await failing(
        world().stranger.configMap({ namespace: 'default', name: 'models' }),
      );
      expect(error.failure).toMatchObject({ reason: 'denied', effect: 'none', status: 401 });
      expect(hintOf(error)).toContain('Sent was: the input `token`.');
      expect(JSON.stringify(error.problems)).not.toContain('nobody-knows-me');
    });
  });
}
