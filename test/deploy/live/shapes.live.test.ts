import { afterAll, beforeAll, expect, test } from 'vitest';
import { must, run } from './command.ts';
import { command, makeScene, newVersion } from './scene.ts';
import { configMap, deployments, disagreements, serving } from './serving.ts';
import { type Systems, startSystems } from './systems.ts';

let systems: Systems;

beforeAll(async () => {
  systems = await startSystems();
});

afterAll(() => systems?.stop());

test.concurrent('every shape, one after the other, by one who has the least rights', async () => {
  const scene = await makeScene(systems);
  for (const name of ['v1.0.0', 'v1.1.0', 'v1.2.0']) await newVersion(scene, name);
  const generations = async () =>
    Object.fromEntries(
      (await deployments(scene)).map(({ metadata }) => [metadata.name, metadata['generation']]),
    );
  const agreed = async () => {
    expect(await disagreements(scene)).toEqual([]);
    return serving(scene);
  };

  // Nothing but what was promoted.
  const early = await run(command(scene, 'deploy', { version: 'v1.0.0' }));
  expect(early).toMatchObject({ code: 1, outputs: { outcome: 'refused' } });
  await must(command(scene, 'promote', { version: 'v1.0.0' }), 'promoted');
  const { metadata } = await configMap(scene);
  const other = await run(command(scene, 'deploy', { version: 'v1.1.0' }));
  expect(other).toMatchObject({ code: 1, outputs: { outcome: 'refused' } });
  expect(other.says).toContain('passmuster promote');
  expect(other.says).toContain('v1.1.0');
  expect((await configMap(scene)).metadata.resourceVersion).toBe(metadata.resourceVersion);

  const planned = await must(command(scene, 'deploy', { 'dry-run': 'true' }), 'planned');
  expect(planned.report.traffic).toMatchObject({ current: 'v1.0.0', share: 0 });
  expect((await configMap(scene)).metadata.resourceVersion).toBe(metadata.resourceVersion);

  await must(command(scene, 'deploy'), 'deployed');
  expect(await agreed()).toEqual({
    current: 'v1.0.0',
    canary: 'none',
    share: '0',
    stamps: { stable: 'v1.0.0', canary: '' },
    pods: { stable: ['v1.0.0'], canary: [''] },
    ...{ alias: '1', stage: '1' },
  });
  const again = await must(command(scene, 'deploy'), 'unchanged');
  expect(again.code).toBe(0);

  let before = await generations();
  await must(command(scene, 'deploy', { version: 'v1.1.0', canary: '10' }), 'canary');
  expect(await agreed()).toEqual({
    current: 'v1.0.0',
    canary: 'v1.1.0',
    share: '10',
    stamps: { stable: 'v1.0.0', canary: 'v1.1.0' },
    pods: { stable: ['v1.0.0'], canary: ['v1.1.0'] },
    ...{ alias: '1', stage: '1' },
  });
  expect((await generations())['stable']).toBe(before['stable']);

  before = await generations();
  await must(command(scene, 'deploy', { version: 'v1.1.0', canary: '25' }), 'canary');
  expect(await agreed()).toMatchObject({ current: 'v1.0.0', canary: 'v1.1.0', share: '25' });
  // Nobody reads the share.
  expect(await generations()).toEqual(before);

  for (const verb of ['promote', 'run']) {
    const refused = await run(command(scene, verb, { version: 'v1.2.0' }));
    expect(refused).toMatchObject({ outputs: { outcome: 'refused' } });
    expect(refused.says).toMatch(/canary/);
  }

  before = await generations();
  await must(command(scene, 'promote', { version: 'v1.1.0' }), 'promoted');
  await must(command(scene, 'deploy'), 'deployed');
  expect(await agreed()).toEqual({
    current: 'v1.1.0',
    canary: 'v1.1.0',
    share: '0',
    stamps: { stable: 'v1.1.0', canary: 'v1.1.0' },
    pods: { stable: ['v1.1.0'], canary: ['v1.1.0'] },
    ...{ alias: '2', stage: '2' },
  });
  expect((await generations())['canary']).toBe(before['canary']);

  await must(command(scene, 'deploy', { version: 'v1.2.0', canary: '50' }), 'canary');
  expect(await agreed()).toMatchObject({ current: 'v1.1.0', canary: 'v1.2.0', share: '50' });
  await must(command(scene, 'deploy', { canary: 'drop' }), 'dropped');
  expect(await agreed()).toEqual({
    current: 'v1.1.0',
    canary: 'v1.1.0',
    share: '0',
    stamps: { stable: 'v1.1.0', canary: 'v1.1.0' },
    pods: { stable: ['v1.1.0'], canary: ['v1.1.0'] },
    ...{ alias: '2', stage: '2' },
  });
  await scene.stop();
});
