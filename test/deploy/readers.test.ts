import {
  daemonSetReading,
  deploymentReading,
  type Reading,
  statefulSetReading,
} from '@passmuster/cluster/double/seeds.ts';
import { describe, expect, test } from 'vitest';
import {
  deploy,
  promoted,
  runsIn,
  stampOn,
  type World,
  world,
  written,
} from './serving.fixture.ts';

const at = (name: string, as: Reading = 'env') => ({ name, namespace: 'ml', replicas: 1, as });
const KEY = 'current_version';

describe('what reads it is started anew', () => {
  test.each<[string, Parameters<World['double']['put']>[0], string]>([
    [
      'a Deployment by a variable',
      deploymentReading('versions', KEY, at('one')),
      'deployments/one',
    ],
    [
      'a Deployment by all variables',
      deploymentReading('versions', KEY, at('one', 'envFrom')),
      'deployments/one',
    ],
    [
      'a Deployment by arguments',
      deploymentReading('versions', KEY, at('one', 'args')),
      'deployments/one',
    ],
    [
      'a Deployment by arguments of what runs before',
      deploymentReading('versions', KEY, at('one', 'init-args')),
      'deployments/one',
    ],
    [
      'a Deployment by a volume',
      deploymentReading('versions', KEY, at('one', 'volume')),
      'deployments/one',
    ],
    [
      'a Deployment by one file',
      deploymentReading('versions', KEY, at('one', 'subPath')),
      'deployments/one',
    ],
    ['a StatefulSet', statefulSetReading('versions', KEY, at('one')), 'statefulsets/one'],
    ['a DaemonSet', daemonSetReading('versions', KEY, at('one')), 'daemonsets/one'],
  ])('%s', async (_, workload, path) => {
    const others = [
      deploymentReading('versions', 'canary_version', at('canary')),
      deploymentReading('others', KEY, { ...at('other'), optional: true }),
    ];
    const here = await world({ workloads: [workload, ...others] });
    await promoted(here);
    const { outputs, said } = await deploy(here);
    expect(outputs.outcome, said).toBe('deployed');
    expect(written(here)).toEqual(['PATCH configmaps/versions', `PATCH ${path}`]);
    const stamp = stampOn(here, 'one', workload.kind);
    expect(stamp).toMatchObject({
      'passmuster.dev/version': 'v1.1.0',
      'passmuster.dev/config': expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    here.double.reset();
    expect((await deploy(here)).outputs.outcome).toBe('unchanged');
    expect(written(here)).toEqual([]);
    expect(stampOn(here, 'one', workload.kind)).toEqual(stamp);
  });

  test('a canary starts only those anew that read its keys', async () => {
    const share = deploymentReading('versions', 'canary_traffic_percentage', at('router'));
    const here = await world({
      workloads: [share, deploymentReading('versions', KEY, at('stable'))],
    });
    await deploy(here, { version: 'v1.1.0', canary: '10' });
    expect(written(here)).toEqual(['PATCH configmaps/versions', 'PATCH deployments/router']);
    here.double.reset();
    await deploy(here, { version: 'v1.1.0', canary: '20' });
    expect(written(here)).toEqual(['PATCH configmaps/versions', 'PATCH deployments/router']);
    expect(runsIn(here, 'router', 'CANARY_TRAFFIC_PERCENTAGE')).toEqual(['20']);
  });

  const named = [
    deploymentReading('versions', KEY, at('reads')),
    deploymentReading('elsewhere', 'x', { ...at('aside'), optional: true }),
    daemonSetReading('elsewhere', 'x', { ...at('agent'), optional: true }),
  ];

  test('those that are named, also one that reads nothing, and no other', async () => {
    const here = await world({ workloads: named });
    await promoted(here);
    const { outputs, said } = await deploy(here, { restart: 'deployment/aside\nds/agent' });
    expect(outputs.outcome, said).toBe('deployed');
    expect(written(here)).toEqual([
      'PATCH configmaps/versions',
      'PATCH deployments/aside',
      'PATCH daemonsets/agent',
    ]);
    expect(stampOn(here, 'reads')).toEqual({});
    here.double.reset();
    const again = await deploy(here, { restart: 'deployment/aside\nds/agent' });
    expect(again.outputs.outcome).toBe('unchanged');
  });

  test.each(['deployment/nobody', 'statefulset/reads', 'nobody', 'pod/reads'])(
    'one that is not there: %s',
    async (restart) => {
      const here = await world({ workloads: named });
      await promoted(here);
      const { outputs, page } = await deploy(here, { restart });
      expect(outputs.outcome).toBe('refused');
      expect(page).toContain(`restart names ${restart}, which is no workload of the namespace`);
      expect(page).toContain('There is deployment/aside, deployment/reads, daemonset/agent.');
      expect(written(here)).toEqual([]);
    },
  );

  test('nobody where nobody is to be, and nobody is asked for', async () => {
    const here = await world({ workloads: named });
    await promoted(here);
    here.double.reset();
    const { outputs } = await deploy(here, { restart: 'none' });
    expect(outputs.outcome).toBe('deployed');
    expect(written(here)).toEqual(['PATCH configmaps/versions']);
    expect(here.double.requests.filter(({ path }) => /apps\/v1/.test(path))).toEqual([]);
  });

  test('what Reloader restarts as well is said', async () => {
    const annotations = { 'reloader.stakater.com/auto': 'true' };
    const here = await world({
      workloads: [deploymentReading('versions', KEY, { ...at('reads'), annotations })],
    });
    await promoted(here);
    expect((await deploy(here)).page).toContain('is also restarted by Reloader');
  });
});
