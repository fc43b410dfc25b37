import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMlflow } from '../../services/mlflow.ts';
import { must, run } from './command.ts';
import { CANARY, command, makeScene, newVersion, type Scene, STABLE } from './scene.ts';
import { configMap, disagreements, serving } from './serving.ts';
import { type Systems, startSystems } from './systems.ts';

let systems: Systems;

beforeAll(async () => {
  systems = await startSystems(async () => {
    const { url, stop } = await startMlflow('3.17.2', { workers: 2 });
    return { address: url, stop };
  });
});

afterAll(() => systems?.stop());

/** Files of a version, which it is registered with. */
async function registered(scene: Scene, version: string): Promise<string> {
  const path = `${systems.folder}/${scene.model}-${version}`;
  await mkdir(path);
  await writeFile(`${path}/model.safetensors`, `weights of ${version}`);
  await newVersion(scene, version, { path });
  return path;
}

const SERVED = { stable: ['v1.0.0'], canary: [''] };

/** All that says it, the first version again where it is the second one's turn. */
const served = (version: 'v1.0.0' | 'v1.1.0', number: string) => ({
  ...{ current: version, canary: 'none', share: '0', alias: number, stage: number },
  stamps: { stable: version, canary: '' },
  pods: { ...SERVED, stable: [version] },
});

async function agrees(scene: Scene, version: 'v1.0.0' | 'v1.1.0', number: string): Promise<void> {
  expect(await serving(scene)).toEqual(served(version, number));
  expect(await disagreements(scene)).toEqual([]);
}

/** Of ConfigMap and template, all that we write there. */
const noted = async (scene: Scene) => {
  const { data, metadata } = await configMap(scene);
  return { data, annotations: metadata['annotations'] };
};

const CRASHES = 'main/CrashLoopBackOff/1';
const WORKLOADS = { workloads: [STABLE, CANARY] };

test.concurrent('register, run, a rollout that fails, one that succeeds, and back', async () => {
  const scene = await makeScene(systems, WORKLOADS);
  const [first, second] = [await registered(scene, 'v1.0.0'), await registered(scene, 'v1.1.0')];
  await must(command(scene, 'run', { version: 'v1.0.0', path: first }), 'promoted');
  await agrees(scene, 'v1.0.0', '1');

  const before = await noted(scene);
  const stranger = await run(command(scene, 'run', { version: 'v1.1.0', path: first }));
  expect(stranger).toMatchObject({ code: 1, outputs: { outcome: 'refused' } });
  expect(await noted(scene)).toEqual(before);

  scene.states.set('v1.1.0', CRASHES);
  const failed = await must(command(scene, 'run', { version: 'v1.1.0', path: second }), 'put-back');
  expect(failed.says).toContain('CrashLoopBackOff');
  expect(await noted(scene)).toEqual(before);
  await agrees(scene, 'v1.0.0', '1');

  scene.states.delete('v1.1.0');
  await must(command(scene, 'run', { version: 'v1.1.0', path: second }), 'promoted');
  await agrees(scene, 'v1.1.0', '2');

  const back = command(scene, 'rollback', { from: 'v1.1.0', reason: 'it answers in verse' });
  await must(back, 'rolled-back');
  await agrees(scene, 'v1.0.0', '1');
  await must(back, 'unchanged');
  await scene.stop();
});

test.concurrent('the same with single verbs', async () => {
  const scene = await makeScene(systems, WORKLOADS);
  for (const version of ['v1.0.0', 'v1.1.0']) await registered(scene, version);
  const moved = async (version: string) => {
    const judged = command(scene, 'validate', { version, environment: 'production' }).inputs;
    const { kubeconfig: _, ...inputs } = judged;
    expect(await run({ cli: systems.cli, verb: 'validate', inputs })).toMatchObject({ code: 0 });
    await must(command(scene, 'promote', { version }), 'promoted');
  };
  await moved('v1.0.0');
  await must(command(scene, 'deploy'), 'deployed');
  await agrees(scene, 'v1.0.0', '1');

  await moved('v1.1.0');
  const before = await noted(scene);
  scene.states.set('v1.1.0', CRASHES);
  await must(command(scene, 'deploy'), 'put-back');
  expect(await noted(scene)).toEqual(before);
  expect(await serving(scene)).toEqual({ ...served('v1.0.0', '1'), alias: '2', stage: '2' });

  scene.states.delete('v1.1.0');
  await must(command(scene, 'deploy'), 'deployed');
  await agrees(scene, 'v1.1.0', '2');

  const back = { from: 'v1.1.0', reason: 'it answers in verse' };
  await must(command(scene, 'rollback', back), 'rolled-back');
  await agrees(scene, 'v1.0.0', '1');
  await scene.stop();
});
