import { setTimeout as sleep } from 'node:timers/promises';
import { dice } from '@passmuster/core/ledger/simulation.fixture.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rounds } from '../../rounds.ts';
import { run as runProgram } from '../../services/run.ts';
import { must, type Ran, run } from './command.ts';
import { followConfigMap, type Written } from './history.ts';
import { command, live, makeScene, newVersion, type Scene } from './scene.ts';
import { disagreements, serving } from './serving.ts';
import { type Systems, startSystems } from './systems.ts';

let systems: Systems;

beforeAll(async () => {
  systems = await startSystems();
});

afterAll(() => systems?.stop());

/** Serves the first of its versions. */
async function serves(versions: number): Promise<{ scene: Scene; numbers: string[] }> {
  const scene = await makeScene(systems);
  const numbers: string[] = [];
  while (numbers.length < versions) numbers.push(await newVersion(scene));
  await live(scene, numbers[0] ?? '');
  return { scene, numbers };
}

const valuesIn = (all: readonly Written[]): string[] => all.map(({ current }) => current);

test.concurrent('two that deploy the same at once: one writes, the other finds it done', async () => {
  const { scene } = await serves(2);
  await must(command(scene, 'promote', { version: '2' }), 'promoted');
  const history = await followConfigMap(scene);
  const both = await Promise.all([1, 2].map(() => run(command(scene, 'deploy'))));
  expect(both.map(({ outputs }) => outputs['outcome']).sort()).toEqual(['deployed', 'unchanged']);
  expect(valuesIn(await history.stop())).toEqual(['2']);
  expect(await serving(scene)).toMatchObject({ current: '2', alias: '2', stage: '2' });
  expect(await disagreements(scene)).toEqual([]);
  await scene.stop();
});

const namesWinner = ({ code, says }: Ran, number: string): boolean =>
  code === 3 &&
  says.includes(`production was moved while this run waited: it had number 1`) &&
  says.includes(`has number ${number} now`);

test.concurrent('two that run with different versions at once: one moves, the other says so', async () => {
  const { scene } = await serves(3);
  // Nobody is through before the other one has begun.
  for (const version of ['2', '3']) scene.states.set(version, 'after/1500');
  const history = await followConfigMap(scene);
  const both = await Promise.all(
    ['2', '3'].map((version) => run(command(scene, 'run', { version }))),
  );
  const won = both.findIndex(({ outputs }) => outputs['outcome'] === 'promoted');
  const winner = `${won + 2}`;
  const loser = both[1 - won];
  expect(loser && namesWinner(loser, winner), JSON.stringify(both)).toBe(true);
  expect(valuesIn(await history.stop())).toEqual([winner]);
  expect(await serving(scene)).toMatchObject({
    ...{ current: winner, alias: winner, stage: winner },
    pods: { stable: [winner] },
  });
  expect(await disagreements(scene)).toEqual([]);
  await scene.stop();
});

const STRANGE = '77';
const { numRuns: many, seed } = rounds(60);
/** How long a deployment takes from its start to its end, and a little longer. */
const SPAN_MS = 1_300;

/** What a person writes with kubectl, in the middle of a deployment. */
async function patched({ systems: { kubernetes }, namespace }: Scene, data: object): Promise<void> {
  const patch = JSON.stringify({ data });
  const where = ['--namespace', namespace, 'patch', 'configmap', 'versions'];
  const { code, output } = await runProgram(
    kubernetes.kubectl,
    [...where, '--type', 'merge', '--patch', patch],
    { env: { KUBECONFIG: kubernetes.kubeconfig, HOME: kubernetes.folder } },
  );
  if (code !== 0) throw new Error(output);
}

/** Whether whoever deployed says what became of a value that was not his. */
const tells = ({ says, report }: Ran): boolean =>
  says.includes(STRANGE) || JSON.stringify(report.stands ?? []).includes(STRANGE);

test.concurrent(`${many} times somebody patches what a deployment is about to move`, {
  timeout: many * 30_000,
}, async () => {
  const chance = dice(seed);
  const ends = new Map<string, number>();
  for (let at = 0; at < many; at++) {
    const { scene } = await serves(2);
    scene.states.set('2', 'after/300');
    await must(command(scene, 'promote', { version: '2' }), 'promoted');
    const history = await followConfigMap(scene);
    const [ran] = await Promise.all([
      run(command(scene, 'deploy')),
      sleep(chance() * SPAN_MS).then(() => patched(scene, { current_version: STRANGE })),
    ]);
    const { current } = await serving(scene);
    const wrote = valuesIn(await history.stop());
    const strangeAt = wrote.indexOf(STRANGE);
    const isOver = wrote.slice(strangeAt + 1).length > 0;
    const { outcome = `code ${ran.code}` } = ran.outputs;
    const end = `${outcome}, ${isOver ? 'written over' : 'left'}${tells(ran) ? ' and told' : ''}`;
    ends.set(end, (ends.get(end) ?? 0) + 1);
    const about = JSON.stringify({ at, wrote, current, ran });
    expect(strangeAt, about).not.toBe(-1);
    // Written over only if it was there when it was decided; left in place when it came later.
    if (isOver) expect([outcome, tells(ran)], about).toEqual(['deployed', true]);
    else expect(current, about).toBe(STRANGE);
    // Whatever came before the end was not called a success.
    if (!isOver && outcome === 'deployed') expect(wrote, about).toEqual(['2', STRANGE]);
    if (!isOver) expect(await disagreements(scene), about).not.toEqual([]);
    await scene.stop();
  }
  const shown = [...ends].sort().map(([end, times]) => `${end} ${times}`);
  process.stdout.write(`patched in the middle ${many} times: ${shown.join('; ')}\n`);
});

test.concurrent(`${many} times somebody patches another key beside it`, {
  timeout: many * 30_000,
}, async () => {
  const chance = dice(seed + 1);
  const { scene } = await serves(many + 1);
  for (let at = 0; at < many; at++) {
    const version = `${at + 2}`;
    scene.states.set(version, 'after/300');
    const [ran] = await Promise.all([
      run(command(scene, 'run', { version })),
      sleep(chance() * SPAN_MS).then(() => patched(scene, { other: `of ${at}` })),
    ]);
    expect(ran.outputs, JSON.stringify(ran)).toMatchObject({ outcome: 'promoted' });
    expect(await serving(scene)).toMatchObject({ current: version, alias: version });
  }
  expect(await disagreements(scene)).toEqual([]);
  await scene.stop();
});
