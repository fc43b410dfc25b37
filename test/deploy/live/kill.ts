import { setTimeout as sleep } from 'node:timers/promises';
import { goodBefore } from '@passmuster/core/promotions/live.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { type Command, type Ran, run, start } from './command.ts';
import {
  isLive,
  isRestarted,
  isSame,
  newestTicket,
  type Reached,
  reached,
  type Traces,
  traces,
} from './reached.ts';
import { asking, command, newVersion, type Scene } from './scene.ts';
import { configMap, deployments, disagreements, type Serving, serving } from './serving.ts';

/** What a run was doing when it was killed, and what comes after it. */
export const CASES = [
  { killed: 'run', next: 'the same' },
  { killed: 'deploy', next: 'the same' },
  { killed: 'a canary', next: 'the same' },
  { killed: 'the end of a canary', next: 'the same' },
  { killed: 'run', next: 'another version' },
  { killed: 'run of what does not start', next: 'the same' },
  { killed: 'a canary', next: 'its end' },
  { killed: 'rollback', next: 'the same' },
  { killed: 'run', next: 'the same' },
  { killed: 'run of what does not start', next: 'another version' },
] as const;

export type Case = (typeof CASES)[number];

/** What it waits for before it kills; the way of a run, cut where it is interesting. */
export const MOMENTS = ['start', 'ticket', 'ConfigMap', 'all written', 'all live'] as const;
/** What does not start turns round after some seconds, too. */
export type Moment = (typeof MOMENTS)[number] | 'way back';

export interface Killing {
  readonly of: Case;
  /** As PASSMUSTER_LEASE says it. */
  readonly lease: string;
  readonly since: Moment;
  /** Milliseconds after that. */
  readonly after: number;
}

interface Plan {
  readonly first: Command;
  readonly second: Command;
  /** How the second may end: where the first has left its seal, there is nothing left to do. */
  readonly ends: (how: Reached) => string;
  /** What may serve in the end: the version, that of the canary, and its share. */
  readonly rest: readonly string[];
  /** How many workloads the first was to restart. */
  readonly restarts: number;
}

const LATER = 'after/300';
const NEVER = 'main/CrashLoopBackOff/1';

async function made(scene: Scene, state = LATER): Promise<string> {
  const version = await newVersion(scene);
  scene.states.set(version, state);
  return version;
}

/** One that is to end well, in the middle of nothing else. */
async function demand(order: Command, outcome: string): Promise<void> {
  const ran = await run(order);
  if (ran.outputs['outcome'] !== outcome) throw new Error(JSON.stringify({ order, ran }));
}

const CANARY = { canary: '10' };
const DROP = { canary: 'drop' };

async function planOf(scene: Scene, { killed, next }: Case, now: Serving): Promise<Plan> {
  const { current, canary } = now;
  const running = (version: string) => command(scene, 'run', { version });
  const alone = (version: string) => [`${version} ${canary} 0`];
  const ended = (outcome: string) => (how: Reached) => (how === 'its seal' ? 'unchanged' : outcome);
  if (killed === 'a canary') {
    const version = await made(scene);
    const first = command(scene, 'deploy', { ...CANARY, version });
    const drop = command(scene, 'deploy', DROP);
    const plan = { first, restarts: 1 };
    return next === 'the same'
      ? {
          ...{ ...plan, second: first, ends: ended('canary') },
          rest: [`${current} ${version} 10`],
        }
      : {
          ...{ ...plan, second: drop },
          // Without its seal it is put back, unless all of it is there: then it is a canary, and dropped.
          ends: (how) =>
            ['its seal', 'all live', 'all written'].includes(how) ? 'dropped' : 'any',
          rest: [`${current} ${current} 0`, ...alone(current)],
        };
  }
  if (killed === 'the end of a canary') {
    const drop = command(scene, 'deploy', DROP);
    return {
      ...{ first: drop, second: drop, ends: ended('dropped'), restarts: 1 },
      rest: [`${current} ${current} 0`],
    };
  }
  if (killed === 'deploy') {
    const version = await made(scene);
    await demand(command(scene, 'promote', { version }), 'promoted');
    const first = command(scene, 'deploy');
    return {
      ...{ first, second: first, ends: ended('deployed'), restarts: 1 },
      rest: alone(version),
    };
  }
  if (killed === 'rollback') {
    const [good] = goodBefore((await traces(scene)).sealed, current);
    if (good === undefined) throw new Error('there is no way back');
    const first = command(scene, 'rollback', { from: current, reason: 'a test' });
    return {
      ...{ first, second: first, ends: ended('rolled-back'), restarts: 1 },
      rest: alone(good.number),
    };
  }
  const isBad = killed === 'run of what does not start';
  const version = await made(scene, isBad ? NEVER : LATER);
  const first = running(version);
  if (next === 'another version') {
    const another = await made(scene);
    return {
      ...{ first, second: running(another), ends: () => 'promoted', restarts: 1 },
      rest: alone(another),
    };
  }
  return {
    ...{ first, second: first, restarts: 1 },
    ends: isBad ? () => 'put-back' : ended('promoted'),
    rest: alone(isBad ? current : version),
  };
}

/** Whether a run has come so far, asked quickly; once it has gone further, too. */
function watchFor(
  scene: Scene,
  { restarts }: Plan,
  before: Traces,
  since: Moment,
  registry: Registry,
): () => Promise<boolean> {
  if (since === 'start') return async () => true;
  if (since === 'ticket')
    return async () => (await newestTicket(registry, scene.model)) > before.newest;
  if (since === 'ConfigMap') {
    return async () => !isSame((await configMap(scene)).data ?? {}, before.map);
  }
  let wasWritten = false;
  return async () => {
    const now = await deployments(scene);
    const isWritten = isRestarted(before, now, restarts);
    wasWritten ||= isWritten;
    if (since === 'way back') return wasWritten && !isWritten;
    return isWritten && (since === 'all written' || now.every(isLive));
  };
}

/** Waits for a moment, and so long after it, and kills. */
async function killAt(
  scene: Scene,
  plan: Plan,
  before: Traces,
  { lease, since, after }: Killing,
): Promise<void> {
  await asking(scene.systems.registry, async (registry) => {
    const isThere = watchFor(scene, plan, before, since, registry);
    const { child, ended } = start({ ...plan.first, lease });
    while (child.exitCode === null && !(await isThere()));
    await Promise.race([ended, sleep(after)]);
    child.kill('SIGKILL');
    await ended.catch(() => undefined);
  });
}

/** All that must be so whenever nobody moves anything: who says what serves says the same, and it does. */
export async function restProblems(scene: Scene, { rest }: Plan): Promise<string[]> {
  const [is, left, found] = await Promise.all([
    serving(scene),
    traces(scene),
    disagreements(scene),
  ]);
  const { current, canary, share, alias, stage, pods, stamps } = is;
  const canaryStamp = stamps['canary'] ?? '';
  const isWell =
    rest.includes(`${current} ${canary} ${share}`) &&
    [alias, stage, stamps['stable']].every((one) => one === current) &&
    isSame(pods['stable'] ?? [], [current]) &&
    // It is not stamped before there was a first one.
    isSame(pods['canary'] ?? [], [canaryStamp]) &&
    (canaryStamp === canary || canaryStamp === '');
  return [
    ...(isWell ? [] : [`is ${JSON.stringify(is)}, not ${rest.join(', or ')}`]),
    ...left.open.map(({ number }) => `ticket ${number} is still open`),
    ...left.problems,
    ...found,
  ];
}

/** A run is killed, and one more has to bring everything to rest. */
export async function killOnce(scene: Scene, killing: Killing): Promise<Reached> {
  const { of, lease } = killing;
  const plan = await planOf(scene, of, await serving(scene));
  const before = await traces(scene);
  await killAt(scene, plan, before, killing);
  const left = reached(before, await traces(scene), plan.restarts);
  const isBack = killing.since === 'way back' && left !== 'its seal';
  const how: Reached = isBack ? 'its way back' : left;
  const ran: Ran = await run({ ...plan.second, lease });
  const [outcome, wanted] = [ran.outputs['outcome'], plan.ends(how)];
  const isAny = wanted === 'any' && ['dropped', 'unchanged'].includes(outcome ?? '');
  const problems = [
    ...(await restProblems(scene, plan)),
    ...(outcome === wanted || isAny ? [] : [`it ended with ${outcome}, not ${wanted}`]),
  ];
  if (problems.length === 0) return how;
  const about = `${of.killed} was killed when it had left ${how}; then came ${of.next}`;
  throw new Error([about, ...problems, JSON.stringify(ran)].join('\n'));
}
