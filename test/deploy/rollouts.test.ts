import {
  deploymentReading,
  type Reading,
  statefulSetReading,
} from '@passmuster/cluster/double/seeds.ts';
import { describe, expect, test } from 'vitest';
import { historyOf, lastTicket, stands } from '../promote/running.fixture.ts';
import {
  dataIn,
  deploy,
  fastClock,
  type Given,
  notesIn,
  openerFor,
  promoted,
  run,
  runsIn,
  SERVES,
  settled,
  stampOn,
  type World,
  world,
  written,
} from './serving.fixture.ts';

const at = (name: string, as: Reading = 'env') => ({ name, namespace: 'ml', replicas: 1, as });
const KEY = 'current_version';

/** How the pods of a version do. */
const go = ({ double }: World, version: string, state: string, variable = 'CURRENT_VERSION') =>
  double.decide((_, env) => (env[variable] === version ? state : undefined));

const ringed = ({ double }: World, kind = 'ReplicaSet') =>
  double
    .list(kind, 'ml')
    .map(({ metadata: { name } }) => name)
    .sort();

describe('what does not become ready takes all of it back', () => {
  test.each<[string, string, RegExp[]]>([
    [
      'an image that nobody has',
      'main/ImagePullBackOff',
      [/Pod stable-\S+, container main: ImagePullBackOff|ImagePullBackOff/],
    ],
    [
      'a crash again and again',
      'main/CrashLoopBackOff/1',
      [/CrashLoopBackOff/, /Its last lines before it crashed:/, /cannot load the weights/],
    ],
    ['a crash before it starts', 'init/CrashLoopBackOff/1', [/CrashLoopBackOff/]],
    [
      'a container that cannot be made',
      'main/CreateContainerConfigError',
      [/CreateContainerConfigError/],
    ],
    ['too little memory', 'main/OOMKilled/137', [/OOMKilled|memory/]],
    [
      'no node for it',
      'pending/0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
      [/nvidia\.com\/gpu/],
    ],
  ])('%s', async (_, state, says) => {
    const as = state.startsWith('init') ? 'init-args' : 'env';
    const workloads = [deploymentReading('versions', KEY, { ...at('stable', as), replicas: 2 })];
    const here = await world({ workloads });
    await promoted(here);
    const sets = ringed(here);
    go(here, 'v1.1.0', state);
    here.double.logs(() => 'loading\ncannot load the weights\n');
    const { result, outputs, page, said, report } = await deploy(here);
    expect(result).toBe('refused');
    expect(outputs.outcome, page).toBe('put-back');
    expect(page).toContain(
      'gpt-custom v1.1.0 (number 2) does not serve in production: Deployment ml/stable did not become ready, and all was put back',
    );
    expect(page).toContain('What did not become ready');
    for (const one of says) expect(page).toMatch(one);
    expect(page).toMatch(/stable-/);
    expect(said).toContain('Deployment ml/stable');
    expect(report.cause).toContain('Deployment ml/stable');
    // As if nothing had been.
    expect(dataIn(here)).toEqual(SERVES);
    expect(notesIn(here)).toEqual({});
    expect(stampOn(here, 'stable')).toEqual({});
    await settled(here.double, 'Deployment', 'stable');
    expect(ringed(here).filter((name) => sets.includes(name))).toEqual(sets);
    expect(ringed(here)).toHaveLength(sets.length + 1);
    const last = await lastTicket(here.address);
    expect(last?.outcome).toBe('put-back');
    expect(JSON.stringify(last?.result)).toContain('Deployment ml/stable');
    // The registry is as `promote` left it, and what mends it is to do it again.
    expect(await stands(here.address)).toMatchObject({ champion: '2' });
    here.double.decide(() => 'ready');
    expect((await deploy(here)).outputs.outcome).toBe('deployed');
  });

  test('events and log lines are told, without what is not text', async () => {
    const here = await world();
    await promoted(here);
    go(here, 'v1.1.0', 'main/CrashLoopBackOff/1');
    here.double.logs(() => 'ok\u001b[31m\n::error::boo\n');
    const { page, rendered } = await deploy(here);
    expect(JSON.stringify(rendered)).not.toContain('\\u001b');
    expect(page).toMatch(/BackOff/);
  });

  test('a paused Deployment fails at once', async () => {
    const here = await world();
    await promoted(here);
    here.double.change('Deployment', 'ml', 'stable', { spec: { paused: true } });
    const began = fastClock.elapsed();
    const { outputs, page } = await deploy(here, { 'wait-timeout': '1h' });
    expect(fastClock.elapsed() - began).toBeLessThan(30 * 60_000);
    expect(outputs.outcome).toBe('put-back');
    expect(page).toContain('it is paused, so that it makes no new pods');
    expect(page).toContain('kubectl rollout resume deployment/stable -n ml');
    expect(dataIn(here)).toEqual(SERVES);
    expect(stampOn(here, 'stable')).toEqual({});
  });

  test('one that only takes too long is told to be given more time', async () => {
    const here = await world();
    await promoted(here);
    go(here, 'v1.1.0', 'never');
    const { outputs, page } = await deploy(here, { 'wait-timeout': '9s' });
    expect(outputs.outcome).toBe('put-back');
    expect(page).toContain('it is not done after 9 s');
    expect(page).toContain('allow more time');
  });

  test('one of two takes the other back, too', async () => {
    const here = await world({
      workloads: [
        deploymentReading('versions', KEY, at('good')),
        deploymentReading('versions', KEY, { ...at('bad'), variable: 'BAD' }),
      ],
    });
    await promoted(here);
    go(here, 'v1.1.0', 'main/CrashLoopBackOff/1', 'BAD');
    const { outputs } = await deploy(here);
    expect(outputs.outcome).toBe('put-back');
    expect(runsIn(here, 'good', 'CURRENT_VERSION')).toEqual(['v1.0.0']);
    expect(stampOn(here, 'good')).toEqual({});
    // Back is the ConfigMap first, so that whoever starts anew reads what it said before.
    expect(written(here)[3]).toBe('PATCH configmaps/versions');
  });

  test('a canary that fails leaves what served as it was', async () => {
    const here = await world();
    go(here, 'v1.1.0', 'main/CrashLoopBackOff/1', 'CANARY_VERSION');
    const { result, outputs, page } = await deploy(here, { version: 'v1.1.0', canary: '10' });
    expect(result).toBe('refused');
    expect(outputs.outcome).toBe('put-back');
    expect(page).toContain('did not become a canary in production at 10 %');
    expect(dataIn(here)).toEqual(SERVES);
    // It was never one.
    expect((await run(here, { version: 'v1.2.0' })).outputs.outcome).toBe('promoted');
  });

  test('after it was done: a pod that fails while it is looked at counts', async () => {
    const here = await world();
    await promoted(here);
    go(here, 'v1.1.0', 'ready-then/300/CrashLoopBackOff/1');
    const { outputs, page } = await deploy(here, { soak: '60s' });
    expect(outputs.outcome, page).toBe('put-back');
    expect(page).toContain('CrashLoopBackOff');
    expect(dataIn(here)).toEqual(SERVES);
  });

  test('what does not recover is an upstream failure, and says so', async () => {
    const here = await world();
    await promoted(here);
    here.double.decide((_, { CURRENT_VERSION }) =>
      CURRENT_VERSION === 'v1.1.0' || dataIn(here)?.['current_version'] === 'v1.0.0'
        ? 'main/CrashLoopBackOff/1'
        : undefined,
    );
    here.double.list('Pod', 'ml').forEach(({ metadata }) => {
      if (metadata.name.startsWith('stable')) here.double.delete('Pod', 'ml', metadata.name);
    });
    const { result, outputs, page, said } = await deploy(here, { 'wait-timeout': '30s' });
    expect(result, page).toBe('upstream');
    expect(outputs.outcome).toBe('put-back');
    expect(page).toContain('it was put back, but not all of it became ready again');
    expect(said).toContain('which was put back');
    expect(page).not.toContain('all was put back');
    expect(dataIn(here)).toEqual(SERVES);
  });

  test('a workload that somebody deletes meanwhile is told, and the rest goes back', async () => {
    const here = await world();
    await promoted(here);
    here.double.decide((pod, { CURRENT_VERSION }) => {
      if (CURRENT_VERSION === 'v1.1.0' && here.double.get('Deployment', 'ml', 'stable')) {
        setTimeout(() => {
          if (here.double.get('Deployment', 'ml', 'stable'))
            here.double.delete('Deployment', 'ml', 'stable');
        });
        return 'never';
      }
      return pod ? undefined : undefined;
    });
    const { outputs, result, page } = await deploy(here, { 'wait-timeout': '60s' });
    expect(outputs.outcome, page).toBe('stopped');
    expect(result).toBe('conflict');
    expect(page).toContain('gone');
  });
});

describe('a StatefulSet', () => {
  const SET = statefulSetReading('versions', KEY, { ...at('set'), replicas: 2 });
  const given: Given = { 'wait-timeout': '60s' };

  test('that is stuck gets its pod deleted, and is as before', async () => {
    const here = await world({ workloads: [SET] });
    await promoted(here);
    go(here, 'v1.1.0', 'main/CrashLoopBackOff/1');
    const { outputs, result, page } = await deploy(here, given);
    expect(outputs.outcome, page).toBe('put-back');
    expect(result).toBe('refused');
    expect(written(here).filter((one) => one.startsWith('DELETE'))).toHaveLength(1);
    await settled(here.double, 'StatefulSet', 'set');
    expect(runsIn(here, 'set', 'CURRENT_VERSION')).toEqual(['v1.0.0']);
  });

  /** Stuck, and by somebody who may delete nothing. */
  async function stuck() {
    const here = await world({ workloads: [SET] });
    await promoted(here);
    const every = ['get', 'list', 'watch', 'patch'];
    here.double.user('narrow', { name: 'system:serviceaccount:ml:deployer' } as never);
    here.double.allow('narrow', 'ml', [
      { apiGroups: [''], resources: ['configmaps'], verbs: every },
      {
        apiGroups: ['apps'],
        resources: ['deployments', 'statefulsets', 'daemonsets'],
        verbs: every,
      },
      { apiGroups: [''], resources: ['pods', 'events'], verbs: ['list'] },
      { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
    ]);
    go(here, 'v1.1.0', 'main/CrashLoopBackOff/1');
    return { ...here, open: openerFor(here.double.kubeconfig('narrow')) };
  }

  test('that is stuck where nobody may delete: the command is printed', async () => {
    const here = await stuck();
    const { result, outputs, page, said } = await deploy(here, { 'wait-timeout': '20s' });
    expect(outputs.outcome, page).toBe('put-back');
    expect(result).toBe('upstream');
    expect(page).toContain('kubectl delete pod -n ml set-1');
    expect(said).toContain('kubectl delete pod -n ml set-1');
    expect(page).toContain('pods');
    expect(dataIn(here)).toEqual(SERVES);
    expect((await historyOf(here.address, 'production')).at(-1)?.outcome).toBe('put-back');
  });

  test('that somebody frees who has seen the command is as before', async () => {
    const here = await stuck();
    const warn = (text: string): void => {
      if (text.includes('kubectl delete pod -n ml set-1')) here.double.delete('Pod', 'ml', 'set-1');
    };
    const voice = { note: () => {}, warn, hide: () => {} };
    const { result, outputs, page } = await deploy(here, given, { voice });
    expect(outputs.outcome, page).toBe('put-back');
    expect(result).toBe('refused');
    expect(page).toContain('and all was put back');
  });
});
