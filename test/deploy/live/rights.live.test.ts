import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run as runProgram } from '../../services/run.ts';
import { must, run } from './command.ts';
import { type Right, without } from './rules.ts';
import { accountWith, command, live, makeScene, newVersion, type Scene } from './scene.ts';
import { disagreements, serving } from './serving.ts';
import { type Systems, startSystems } from './systems.ts';

let systems: Systems;
let scene: Scene;

/** Its first version serves, and the second one is not to start. */
beforeAll(async () => {
  systems = await startSystems();
  scene = await makeScene(systems);
  for (const name of ['v1.0.0', 'v1.1.0']) await newVersion(scene, name);
  await live(scene, 'v1.0.0');
  scene.states.set('v1.1.0', 'main/CrashLoopBackOff/1');
});

afterAll(async () => {
  await scene?.stop();
  await systems?.stop();
});

/** The rule that is to be added, and by what the run is known to have gone on without. */
const MESSAGES: Readonly<Record<Right, readonly [rule: string, also?: string]>> = {
  'read the ConfigMap': ['{apiGroups: [""], resources: [configmaps], verbs: [get]}'],
  'change the ConfigMap': ['{apiGroups: [""], resources: [configmaps], verbs: [patch]}'],
  'find Deployments': ['{apiGroups: [apps], resources: [deployments], verbs: [list]}'],
  'find StatefulSets': ['{apiGroups: [apps], resources: [statefulsets], verbs: [list]}'],
  'find DaemonSets': ['{apiGroups: [apps], resources: [daemonsets], verbs: [list]}'],
  'read what it restarts': ['{apiGroups: [apps], resources: [deployments], verbs: [get]}'],
  'watch what it restarts': ['{apiGroups: [apps], resources: [deployments], verbs: [watch]}'],
  'restart what reads it': ['{apiGroups: [apps], resources: [deployments], verbs: [patch]}'],
  'see pods': ['{apiGroups: [""], resources: [pods], verbs: [list]}', 'it is not done after 4 s'],
  'read logs': ['{apiGroups: [""], resources: [pods/log], verbs: [get]}', 'CrashLoopBackOff'],
  'read events': ['{apiGroups: [""], resources: [events], verbs: [list]}', 'CrashLoopBackOff'],
};

/** Nobody has to wait long for one that has gone. */
const LEASE = '5s';

const CASES = Object.entries(MESSAGES) as readonly [Right, readonly [string, string?]][];

test.each(CASES)('without the right to %s', async (right, [rule, also = '']) => {
  const name = right.toLowerCase().replaceAll(' ', '-');
  const { kubeconfig, user } = await accountWith(systems, scene.namespace, name, without(right));
  const before = await serving(scene);
  const given = { version: 'v1.1.0', kubeconfig, 'wait-timeout': '4s' };
  const failed = await run({ ...command(scene, 'run', given), isRead: true, lease: LEASE });
  expect(failed.code).not.toBe(0);
  expect(failed.says).toContain(
    `Add to a Role of namespace "${scene.namespace}" that is bound to "${user}": - ${rule}`,
  );
  expect(failed.says).toContain(also);
  expect(failed.says).not.toContain('bug');
  // All is as it was; what nobody could see any more, the next one who can puts back.
  if (right === 'read what it restarts') {
    await must(command(scene, 'run', { version: 'v1.1.0' }), 'put-back');
  }
  expect(await serving(scene)).toEqual(before);
  expect(await disagreements(scene)).toEqual([]);
});

/** What the command prints for one of that name, applied as its help says. */
async function applyPrinted(name: string, inputs: Readonly<Record<string, string>>): Promise<void> {
  const { namespace, config } = scene;
  const { cli, folder, kubernetes } = systems;
  const whose = { environment: 'production', config, 'service-account': `${namespace}/${name}` };
  const printed = await run({ cli, verb: 'rbac', inputs: { ...whose, ...inputs }, isRead: 'raw' });
  expect(printed.code, printed.log).toBe(0);
  const file = `${folder}/${name}.yaml`;
  await writeFile(file, printed.says);
  const env = { KUBECONFIG: kubernetes.kubeconfig, HOME: folder };
  const applied = await runProgram(kubernetes.kubectl, ['apply', '-f', file], { env });
  expect(applied.code, applied.output).toBe(0);
}

test('with what `rbac` prints, and nothing else', async () => {
  const before = await serving(scene);
  const cases = [
    ['deployer', {}],
    ['narrow', { restart: 'deployment/stable', restrict: 'true' }],
  ] as const;
  for (const [name, inputs] of cases) {
    const { kubeconfig } = await accountWith(systems, scene.namespace, name, []);
    await applyPrinted(name, inputs);
    const { restrict: _, ...given }: Readonly<Record<string, string>> = inputs;
    // Forward, and all the way back.
    const moved = command(scene, 'run', { version: 'v1.1.0', kubeconfig, ...given });
    await must(moved, 'put-back');
    const seen = await run(command(scene, 'status', { check: 'true', kubeconfig }));
    expect(seen, seen.says).toMatchObject({ code: 0, outputs: { outcome: 'agrees' } });
    expect(await serving(scene)).toEqual(before);
  }
  const { kubeconfig } = await accountWith(systems, scene.namespace, 'looker', []);
  await applyPrinted('looker', { 'read-only': 'true' });
  const seen = await run(command(scene, 'status', { check: 'true', kubeconfig }));
  expect(seen, seen.says).toMatchObject({ code: 0, outputs: { outcome: 'agrees' } });
  const given = { version: 'v1.1.0', kubeconfig };
  const failed = await run({ ...command(scene, 'run', given), isRead: true });
  expect(failed.says).toContain('resources: [configmaps], verbs: [patch]');
  expect(await serving(scene)).toEqual(before);
});
