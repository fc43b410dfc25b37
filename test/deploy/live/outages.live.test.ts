import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { must, start } from './command.ts';
import { startQuietServer } from './quiet-server.ts';
import { LEAST } from './rules.ts';
import { accountWith, command, live, makeScene, newVersion, type Scene } from './scene.ts';
import { configMap, disagreements, serving } from './serving.ts';
import { type Systems, startSystems } from './systems.ts';

let systems: Systems;

beforeAll(async () => {
  systems = await startSystems();
});

afterAll(() => systems?.stop());

/** Nobody has to wait long for one that has gone. */
const LEASE = '5s';

/** Serves its first version; pods of the second one take so many milliseconds. */
async function serves(milliseconds: number): Promise<Scene> {
  const scene = await makeScene(systems);
  for (const name of ['v1.0.0', 'v1.1.0']) await newVersion(scene, name);
  await live(scene, 'v1.0.0');
  scene.states.set('v1.1.0', `after/${milliseconds}`);
  return scene;
}

/** Until it waits for the version to be live. */
const awaited = (scene: Scene) =>
  vi.waitFor(
    async () => expect((await serving(scene)).stamps).toMatchObject({ stable: 'v1.1.0' }),
    { timeout: 60_000, interval: 20 },
  );

async function isServed(scene: Scene): Promise<void> {
  expect(await serving(scene)).toMatchObject({
    ...{ current: 'v1.1.0', share: '0', alias: '2', stage: '2' },
    pods: { stable: ['v1.1.0'] },
  });
  expect(await disagreements(scene)).toEqual([]);
}

// It takes requests before it knows who may do what: a few times shows whether that is borne.
test.for([1, 2])(
  'an API server that is killed while a rollout is awaited, and comes back (%i)',
  async () => {
    const scene = await serves(4_000);
    const { child, ended } = start(command(scene, 'run', { version: 'v1.1.0' }));
    await awaited(scene);
    await systems.kubernetes.apiserver.kill();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(child.exitCode).toBe(null);
    await systems.kubernetes.apiserver.start();
    const ran = await ended;
    expect(ran.outputs, JSON.stringify(ran)).toMatchObject({ outcome: 'promoted' });
    await isServed(scene);
    await scene.stop();
  },
);

const SILENT_SECONDS = 60;

test.concurrent(`a watch that is silent for ${SILENT_SECONDS} s`, async () => {
  // All that comes about comes about in silence; of two pods, one comes after the other.
  const scene = await serves((SILENT_SECONDS / 2 - 5) * 1000);
  const server = await startQuietServer(systems.kubernetes.admin.access);
  const { token } = await accountWith(systems, scene.namespace, 'quiet', LEAST);
  const { kubeconfig: _, ...inputs } = command(scene, 'run', { version: 'v1.1.0' }).inputs;
  const given = { ...inputs, server: server.url, token };
  const began = performance.now();
  const { ended } = start({ ...command(scene, 'run'), inputs: given });
  await awaited(scene);
  server.silence();
  expect((await ended).outputs).toMatchObject({ outcome: 'promoted' });
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(
    `${server.watches()} watches, silent for ${Math.round(seconds)} s: the end of the rollout was seen\n`,
  );
  await isServed(scene);
  await server.stop();
  await scene.stop();
});

test.concurrent('a service account that is deleted while a rollout is awaited', async () => {
  const scene = await serves(15_000);
  const { namespace } = scene;
  const { kubeconfig, token } = await accountWith(systems, namespace, 'short', LEAST);
  const given = { version: 'v1.1.0', kubeconfig };
  const { ended } = start({ ...command(scene, 'run', given), lease: LEASE });
  await awaited(scene);
  await systems.api('DELETE', `/api/v1/namespaces/${namespace}/serviceaccounts/short`);
  const failed = await ended;
  expect(failed.code).toBe(4);
  expect(failed.says).toContain('the server answered 401 Unauthorized');
  expect(failed.says).toContain('its account is no longer there: get a new one');
  expect(failed.log).toMatch(/Ticket \d+ is left as it stands\. Run this again to go on/);
  expect(JSON.stringify(failed)).not.toContain(token);
  // Nobody has put anything back, and everybody is told.
  expect((await configMap(scene)).data).toMatchObject({ current_version: 'v1.1.0' });
  expect(await disagreements(scene)).not.toEqual([]);

  await must(command(scene, 'run', { version: 'v1.1.0' }), 'promoted');
  await isServed(scene);
  await scene.stop();
});
