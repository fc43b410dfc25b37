import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LEAST } from '../deploy/live/rules.ts';
import { accountWith, makeScene, newVersion, type Scene } from '../deploy/live/scene.ts';
import { disagreements, serving } from '../deploy/live/serving.ts';
import { type Systems, startSystems } from '../deploy/live/systems.ts';
import { startMlflow } from '../services/mlflow.ts';
import type { Ran } from '../services/run.ts';
import { folderWith } from '../verify/folder.ts';
import { act, makeRepository } from './act.ts';
import { startGithub } from './surrounding-services.ts';

let systems: Systems;

beforeAll(async () => {
  systems = await startSystems(async () => {
    const { url, stop } = await startMlflow('3.17.2', { workers: 2 });
    return { address: url, stop };
  });
});

afterAll(() => systems?.stop());

const stepOf = (uses: string, inputs: string): string => `
      - id: move
        uses: passmuster/passmuster${uses}@v1
        with:
          model: \${{ vars.MODEL }}
          environment: production
          server: \${{ vars.CLUSTER }}
          ca: ca.crt
          token: \${{ secrets.CLUSTER_TOKEN }}
          ${inputs}
      - run: echo "outcome=$OUTCOME from=$FROM to=$TO"
        if: always()
        env:
          OUTCOME: \${{ steps.move.outputs.outcome }}
          FROM: \${{ steps.move.outputs.from }}
          TO: \${{ steps.move.outputs.to }}
`;

const jobOf = (steps: string): string => `
on:
  workflow_dispatch:
    inputs:
      model_version:
        required: true
permissions:
  contents: read
jobs:
  move:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
${steps}`;

const CHOSEN = `\${{ inputs.model_version }}`;

const WORKFLOWS = {
  run: jobOf(stepOf('', `version: ${CHOSEN}`)),
  deploy: jobOf(`
      - uses: passmuster/passmuster/actions/promote@v1
        with:
          model: \${{ vars.MODEL }}
          environment: production
          version: ${CHOSEN}
${stepOf('/actions/deploy', 'wait-timeout: 5m')}`),
  canary: jobOf(stepOf('/actions/deploy', `version: ${CHOSEN}\n          canary: '10'`)),
  drop: jobOf(stepOf('/actions/deploy', 'canary: drop')),
  rollback: jobOf(stepOf('/actions/rollback', `from: ${CHOSEN}\n          reason: in verse`)),
};

/** A repository with a workflow for every move, in which somebody presses the button. */
async function team(scene: Scene) {
  const { url, ca } = systems.kubernetes;
  const { token } = await accountWith(systems, scene.namespace, 'job', LEAST);
  const policy = `registry: ${systems.registry}\n${await readFile(scene.config, 'utf8')}`;
  const github = await startGithub(policy, 'none', ['contents']);
  const flows = Object.entries(WORKFLOWS).map(([name, text]) => [
    `.github/workflows/${name}.yml`,
    text,
  ]);
  const folder = await folderWith({ ...Object.fromEntries(flows), 'ca.crt': ca });
  await makeRepository(folder);
  return async (name: keyof typeof WORKFLOWS, version: string): Promise<Ran> => {
    const inputs = { model_version: version };
    const about = await folderWith({ 'event.json': JSON.stringify({ inputs }) });
    const ran = await act(
      folder,
      'workflow_dispatch',
      ...['-W', `.github/workflows/${name}.yml`, '-e', `${about}/event.json`],
      ...['--env', `GITHUB_API_URL=${github}`, '-s', `CLUSTER_TOKEN=${token}`],
      ...['--var', `MODEL=${scene.model}`, '--var', `CLUSTER=${url}`],
    );
    expect(ran.output).not.toContain(token);
    return ran;
  };
}

test('a job promotes and serves, puts back what does not start, and goes back', async () => {
  const scene = await makeScene(systems);
  for (let version = 1; version <= 3; version++) await newVersion(scene);
  const press = await team(scene);
  const well = async (name: keyof typeof WORKFLOWS, version: string, says: string) => {
    const { code, output } = await press(name, version);
    expect(code, output).toBe(0);
    expect(output).toContain(says);
    expect(await disagreements(scene)).toEqual([]);
    return serving(scene);
  };
  const live = (number: string) => ({
    ...{ current: number, alias: number, stage: number },
    pods: { stable: [number] },
  });

  expect(await well('run', '1', 'outcome=promoted from= to=1')).toMatchObject(live('1'));

  scene.states.set('2', 'main/CrashLoopBackOff/1');
  const { code, output } = await press('run', '2');
  expect(code, output).not.toBe(0);
  expect(output).toContain('outcome=put-back from=1 to=2');
  expect(output).toMatch(/::error title=passmuster run::.* did not become ready/);
  expect(output).toMatch(/CrashLoopBackOff/);
  expect(await serving(scene)).toMatchObject(live('1'));
  expect(await disagreements(scene)).toEqual([]);

  scene.states.delete('2');
  expect(await well('deploy', '2', 'outcome=deployed from=2 to=2')).toMatchObject(live('2'));
  expect(await well('canary', '3', 'outcome=canary from=2 to=3')).toMatchObject({
    ...live('2'),
    ...{ canary: '3', share: '10', pods: { stable: ['2'], canary: ['3'] } },
  });
  expect(await well('drop', '3', 'outcome=dropped')).toMatchObject({ canary: '2', share: '0' });
  expect(await well('rollback', '2', 'outcome=rolled-back from=2 to=1')).toMatchObject(live('1'));
  await scene.stop();
});
