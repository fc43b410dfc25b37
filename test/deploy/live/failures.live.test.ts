import { afterAll, beforeAll, expect, test } from 'vitest';
import { MERGE_PATCH } from '../../services/kubernetes-api.ts';
import { createNode, workloadPath } from '../../services/kubernetes-objects.ts';
import { must, run } from './command.ts';
import { DELETE_PODS, LEAST } from './rules.ts';
import { CANARY, command, live, makeScene, newVersion, type Scene, STABLE } from './scene.ts';
import { configMap, disagreements, serving } from './serving.ts';
import { type Systems, startSystems } from './systems.ts';

let systems: Systems;

beforeAll(async () => {
  systems = await startSystems();
});

afterAll(() => systems?.stop());

const CRASHES = 'main/CrashLoopBackOff/1';
const ORDERED = { ...STABLE, kind: 'StatefulSet', name: 'ordered' } as const;

/** Serves its first version, and has another one. */
async function serves(making: Parameters<typeof makeScene>[1] = {}): Promise<Scene> {
  const scene = await makeScene(systems, making);
  for (const name of ['v1.0.0', 'v1.1.0']) await newVersion(scene, name);
  await live(scene, 'v1.0.0');
  return scene;
}

const FIRST = {
  ...{ current: 'v1.0.0', share: '0', alias: '1', stage: '1' },
  pods: { stable: ['v1.0.0'] },
  stamps: { stable: 'v1.0.0' },
};

const SECOND = {
  ...{ current: 'v1.1.0', share: '0', alias: '2', stage: '2' },
  pods: { stable: ['v1.1.0'] },
  stamps: { stable: 'v1.1.0' },
};

test.concurrent('what does not start is put back whole, and goes through once it is mended', async () => {
  const scene = await serves();
  const { data } = await configMap(scene);
  scene.states.set('v1.1.0', CRASHES);
  const failed = await run(command(scene, 'run', { version: 'v1.1.0' }));
  expect(failed).toMatchObject({ code: 1, outputs: { outcome: 'put-back', from: '1', to: '2' } });
  expect(failed.says).toMatch(/stable-\w+-\w+ does not start \(CrashLoopBackOff, container main\)/);
  expect(await serving(scene)).toMatchObject(FIRST);
  expect((await configMap(scene)).data).toEqual(data);
  expect(await disagreements(scene)).toEqual([]);

  // The same by single verbs: the registry has moved, and what serves goes back.
  await must(command(scene, 'promote', { version: 'v1.1.0' }), 'promoted');
  await must(command(scene, 'deploy'), 'put-back');
  expect(await serving(scene)).toMatchObject({ ...FIRST, alias: '2', stage: '2' });
  expect(await disagreements(scene)).not.toEqual([]);

  scene.states.delete('v1.1.0');
  await must(command(scene, 'deploy'), 'deployed');
  expect(await serving(scene)).toMatchObject(SECOND);
  expect(await disagreements(scene)).toEqual([]);
  await scene.stop();
});

test.concurrent('what fails while it is watched afterwards is put back', async () => {
  const scene = await serves();
  scene.states.set('v1.1.0', 'ready-then/2000/OOMKilled/137');
  const failed = await run(command(scene, 'run', { version: 'v1.1.0', soak: '20s' }));
  expect(failed).toMatchObject({ outputs: { outcome: 'put-back' } });
  expect(failed.says).toMatch(/OOMKilled/);
  expect(await serving(scene)).toMatchObject(FIRST);
  expect(await disagreements(scene)).toEqual([]);
  await scene.stop();
});

test.concurrent('a canary that does not start leaves alone what serves', async () => {
  const scene = await serves();
  scene.states.set('v1.1.0', 'main/CreateContainerConfigError');
  const canary = command(scene, 'deploy', { version: 'v1.1.0', canary: '10' });
  await must(canary, 'put-back');
  expect(await serving(scene)).toMatchObject({ ...FIRST, canary: 'none' });
  scene.states.delete('v1.1.0');
  await must(canary, 'canary');
  expect(await disagreements(scene)).toEqual([]);
  await scene.stop();
});

test.concurrent.each([
  ['nobody has put on a node', undefined],
  ['are of a node without anybody to ask', 'nowhere'],
])('logs of pods that %s are done without', async (_, node) => {
  if (node !== undefined) await createNode(systems.api, node);
  const scene = await serves({ workloads: [{ ...STABLE, ...(node !== undefined && { node }) }] });
  scene.states.set('v1.1.0', CRASHES);
  const failed = await run(command(scene, 'run', { version: 'v1.1.0' }));
  expect(failed).toMatchObject({ outputs: { outcome: 'put-back' } });
  expect(failed.says).toContain('CrashLoopBackOff');
  expect(failed.says).not.toMatch(/cannot be read|log/);
  await scene.stop();
});

test.concurrent('pods of a StatefulSet that stay stuck are deleted by who may', async () => {
  const scene = await serves({ workloads: [ORDERED, CANARY], rules: [...LEAST, DELETE_PODS] });
  scene.states.set('v1.1.0', CRASHES);
  await must(command(scene, 'run', { version: 'v1.1.0' }), 'put-back');
  expect(await serving(scene)).toMatchObject({
    ...{ current: 'v1.0.0', alias: '1', stage: '1' },
    pods: { ordered: ['v1.0.0'] },
  });
  expect(await disagreements(scene)).toEqual([]);
  await scene.stop();
});

test.concurrent('who may not is told by what command', async () => {
  const scene = await serves({ workloads: [ORDERED, CANARY] });
  scene.states.set('v1.1.0', CRASHES);
  const given = { version: 'v1.1.0', 'wait-timeout': '5s' };
  const failed = await run({ ...command(scene, 'run', given), isRead: true });
  expect(failed.code).toBe(4);
  expect(failed.says).toContain(`kubectl delete pod -n ${scene.namespace} ordered-1`);
  expect(failed.says).toContain('resources: [pods], verbs: [delete]');
  expect(await serving(scene)).toMatchObject({ current: 'v1.0.0', alias: '1', stage: '1' });
  await scene.stop();
});

test.concurrent('a Deployment that is paused is not waited for', async () => {
  const scene = await serves();
  const pause = (paused: boolean) =>
    systems.api(
      'PATCH',
      workloadPath('Deployment', scene.namespace, 'stable'),
      { spec: { paused } },
      MERGE_PATCH,
    );
  await pause(true);
  const failed = await run({ ...command(scene, 'run', { version: 'v1.1.0' }), isRead: true });
  expect(failed.code).toBe(4);
  expect(failed.says).toMatch(/paused/);
  expect(failed.says).toContain('kubectl rollout resume');
  expect(await serving(scene)).toMatchObject(FIRST);
  await pause(false);
  await must(command(scene, 'run', { version: 'v1.1.0' }), 'promoted');
  expect(await serving(scene)).toMatchObject(SECOND);
  expect(await disagreements(scene)).toEqual([]);
  await scene.stop();
});
