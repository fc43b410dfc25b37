import { describe, expect, test } from 'vitest';
import {
  historyOf,
  killed,
  lastTicket,
  MODEL,
  problemsOf,
  run as promote,
  stands,
  toWhomAllEnded,
} from '../promote/running.fixture.ts';
import { run as settle } from '../settle/running.fixture.ts';
import {
  dataIn,
  deploy,
  fastClock,
  LONG_LEASE,
  promoted,
  run,
  runsIn,
  SERVES,
  SHORT_LEASE,
  seeing,
  stampOn,
  type World,
  world,
  written,
} from './serving.fixture.ts';

const V1 = { champion: '1', Production: '1' };
const V2 = { champion: '2', Production: '2' };

const fails = ({ double }: World, version = 'v1.1.0') =>
  double.decide((_, { CURRENT_VERSION }) =>
    CURRENT_VERSION === version ? 'main/CrashLoopBackOff/1' : undefined,
  );

describe('the whole of it', () => {
  test('one ticket, the registry first, and then the cluster', async () => {
    const at = await world();
    const before = await historyOf(at.address, 'production');
    const { result, outputs, page } = await run(at, { reason: 'better' });
    expect(result).toBe('done');
    expect(outputs).toMatchObject({ outcome: 'promoted', from: '1', to: '2' });
    const [only, ...more] = (await historyOf(at.address, 'production')).slice(before.length);
    expect(more).toEqual([]);
    expect(only?.number).toBe(outputs.record);
    expect(only?.outcome).toBe('done');
    const steps = only?.record?.['steps'] as { kind: string }[];
    expect(steps.map(({ kind }) => kind)).toEqual(['stage', 'alias', 'configmap', 'restart']);
    expect(only?.record).toMatchObject({
      verb: 'promote',
      traffic: { configmap: 'ml/versions', current: 'v1.1.0', share: 0 },
    });
    expect(await stands(at.address)).toMatchObject(V2);
    expect(runsIn(at, 'stable', 'CURRENT_VERSION')).toEqual(['v1.1.0']);
    expect(page).toContain('is in production now; before it was v1.0.0');
  });

  test('a rollout that fails takes the registry back, too, and the record says why', async () => {
    const at = await world();
    fails(at);
    const { result, outputs, page, said } = await run(at);
    expect(result).toBe('refused');
    expect(outputs.outcome).toBe('put-back');
    expect(await stands(at.address)).toMatchObject(V1);
    expect(dataIn(at)).toEqual(SERVES);
    expect(stampOn(at, 'stable')).toEqual({});
    expect(page).toContain(
      'did not move to production: Deployment ml/stable did not become ready, and all was put back',
    );
    expect(said).toContain('CrashLoopBackOff');
    const last = await lastTicket(at.address);
    expect(last?.outcome).toBe('put-back');
    expect(JSON.stringify(last?.result)).toMatch(/Deployment ml\/stable.*CrashLoopBackOff/);
    // It can be tried again, and is then there.
    at.double.decide(() => 'ready');
    expect((await run(at)).outputs.outcome).toBe('promoted');
  });

  test('files that are not those which were registered end it', async () => {
    const at = await world();
    const { result, outputs } = await run(at, { path: '.' });
    expect(result).not.toBe('done');
    expect(outputs.outcome).toBe('refused');
    expect(written(at)).toEqual([]);
    expect(await stands(at.address)).toMatchObject(V1);
  });
});

/** Those of a run that is not disturbed: in the registry, and in the cluster. */
async function callsOf(move: (at: World, ports: object) => Promise<unknown>, at: World) {
  const cluster: string[] = [];
  await move(at, { openCluster: seeing(at.open, { before: (name) => void cluster.push(name) }) });
  return cluster;
}

/** A run whose process ends without a word at one of its calls to the cluster. */
function dyingAt(at: World, call: number, when: 'before' | 'after') {
  let count = 0;
  let isDead = false;
  const watch = (here: 'before' | 'after') => () => {
    if (here === 'before') count += 1;
    isDead ||= here === when && count > call;
    if (isDead) throw new Error('killed');
  };
  const registry = killed(at.address, 'before', () => isDead);
  const openCluster = seeing(at.open, { before: watch('before'), after: watch('after') });
  return { openRegistry: registry, openCluster, lease: SHORT_LEASE };
}

/** To whom every other process has ended, and for whom time passes as it does for those. */
const ENDED = { ...toWhomAllEnded(), clock: fastClock, lease: LONG_LEASE };

type Move = (
  at: World,
  ports?: object,
) => Promise<{ readonly outputs: { readonly outcome: string | number } }>;

const MOVES: readonly [string, Move, (at: World) => Promise<unknown>][] = [
  ['run', (at, ports) => run(at, {}, ports), async () => {}],
  ['deploy', (at, ports) => deploy(at, {}, ports), promoted],
  ['canary', (at, ports) => deploy(at, { version: 'v1.1.0', canary: '10' }, ports), async () => {}],
  [
    'drop',
    (at, ports) => deploy(at, { canary: 'drop' }, ports),
    (at) => deploy(at, { version: 'v1.1.0', canary: '10' }),
  ],
];

describe.each(MOVES)('a `%s` that died at any call to the cluster', (name, move, prepare) => {
  test.each(['before', 'after'] as const)('%s it was made', { timeout: 120_000 }, async (when) => {
    const sample = await world();
    await prepare(sample);
    const calls = await callsOf(move, sample);
    const wanted = dataIn(sample);
    const points = calls.map(async (called, call) => {
      const at = await world();
      await prepare(at);
      // How often pods are looked at depends on how busy the machine is: the last of them may not come.
      const isKilled = await move(at, dyingAt(at, call, when)).then(
        () => false,
        (error: Error) => error.message.includes('killed'),
      );
      if (!isKilled) expect(called, `${when} call ${call}`).toMatch(/^(pods|workload|configMap)$/);
      const { outputs } = await move(at, ENDED);
      const told = `${when} call ${call}, ${called}`;
      expect(outputs.outcome, told).toMatch(/^(promoted|deployed|canary|dropped|unchanged)$/);
      expect(dataIn(at), told).toEqual(wanted);
      expect((await move(at)).outputs.outcome, told).toBe('unchanged');
      const sealed = await historyOf(at.address, 'production');
      const outcome = name === 'canary' ? 'canary' : 'done';
      expect(sealed.at(-1)?.outcome, told).toBe(outcome);
    });
    // A wait for the dead takes its time; they are waited for side by side.
    await Promise.all(points);
  });
});

/** A run that has written the ConfigMap, and died. */
async function left(): Promise<World> {
  const at = await world();
  let isDead = false;
  const registry = killed(at.address, 'before', () => isDead);
  const openCluster = seeing(at.open, {
    after: (name) => {
      isDead ||= name === 'stamp' && written(at).length > 1;
      if (isDead) throw new Error('killed');
    },
  });
  await expect(
    run(at, {}, { openRegistry: registry, openCluster, lease: SHORT_LEASE }),
  ).rejects.toThrow('killed');
  expect(dataIn(at)).toMatchObject({ current_version: 'v1.1.0' });
  return at;
}

describe('what a run has left', () => {
  test('is put back by whoever wants something else, and can reach the cluster', async () => {
    const at = await left();
    at.double.change('Deployment', 'ml', 'stable', { spec: { replicas: 3 } });
    fails(at);
    const { outputs, page } = await run(at, { version: 'v1.2.0' }, ENDED);
    expect(outputs.outcome, page).toBe('promoted');
    const sealed = await historyOf(at.address, 'production');
    expect(sealed.map(({ outcome }) => outcome).slice(-2)).toEqual(['put-back', 'done']);
    expect(dataIn(at)).toMatchObject({ current_version: 'v1.2.0' });
    expect(runsIn(at, 'stable', 'CURRENT_VERSION')).toEqual(['v1.2.0']);
  });

  test('is sealed by whoever wants something else, where all of it is there', async () => {
    const at = await left();
    const { outputs, page } = await deploy(at, {}, ENDED);
    expect(outputs.outcome, page).toBe('unchanged');
    expect((await historyOf(at.address, 'production')).at(-1)?.outcome).toBe('done');
    expect(await stands(at.address)).toMatchObject(V2);
    expect(runsIn(at, 'stable', 'CURRENT_VERSION')).toEqual(['v1.1.0']);
  });

  test('is no matter of a `promote` that reaches no cluster: it says what is to be run', async () => {
    const at = await left();
    const given = { version: 'v1.2.0', environment: 'production' };
    const problems = await problemsOf(promote(at.address, given, ENDED));
    expect(problems).toMatch(/^conflict: Ticket \d+ for production was left by a run of `run`/);
    expect(problems).toContain('Run `passmuster run` for production again where its cluster');
    expect(problems).toContain('`passmuster settle` ends it as it stands');
    expect(await stands(at.address)).toMatchObject(V2);
    expect(dataIn(at)).toMatchObject({ current_version: 'v1.1.0' });
  });

  test('is ended as it stands by `settle`', async () => {
    const at = await left();
    const given = { environment: 'production', reason: 'the cluster is gone' };
    const { outputs } = await settle(at.address, given, ENDED);
    expect(outputs.outcome).toBe('settled');
    expect(dataIn(at)).toMatchObject({ current_version: 'v1.1.0' });
    const sealed = await historyOf(at.address, 'production');
    expect(sealed.slice(-2).map(({ outcome }) => outcome)).toEqual(['stopped', 'settled']);
    expect((await deploy(at)).result).toBe('done');
  });
});

describe.each(['before', 'after'] as const)('a run that died %s', (when) => {
  test.each([
    ['its record', 'tagVersion', 'passmuster.record'],
    ['the stage moved', 'moveToStage', undefined],
    ['the alias moved', 'setAlias', undefined],
    ['it was sealed', 'tagVersion', 'passmuster.state'],
  ])('%s is gone on with by the same', async (_, call, tag) => {
    const at = await world();
    const openRegistry = killed(
      at.address,
      when,
      (name, given) => name === call && (tag === undefined || given[2] === tag),
    );
    const died = run(at, {}, { openRegistry, lease: SHORT_LEASE });
    await expect(died).rejects.toThrow('killed');
    const { outputs } = await run(at, {}, ENDED);
    expect(outputs.outcome).toMatch(/^(promoted|unchanged)$/);
    expect(await stands(at.address)).toMatchObject(V2);
    expect(dataIn(at)).toMatchObject({ current_version: 'v1.1.0' });
    expect(runsIn(at, 'stable', 'CURRENT_VERSION')).toEqual(['v1.1.0']);
    expect((await historyOf(at.address, 'production')).at(-1)?.outcome).toBe('done');
  });
});

describe('two at once', () => {
  test('of the same: it is deployed once', async () => {
    const at = await world();
    await promoted(at);
    const both = await Promise.all([deploy(at), deploy(at)]);
    expect(both.map(({ outputs }) => outputs.outcome).toSorted()).toEqual([
      'deployed',
      'unchanged',
    ]);
    expect(written(at)).toEqual(['PATCH configmaps/versions', 'PATCH deployments/stable']);
  });

  test('of different ones: one wins, and the other says so', async () => {
    const at = await world();
    const versions = ['v1.1.0', 'v1.2.0'];
    const ends = await Promise.allSettled(versions.map((version) => run(at, { version })));
    const [won, ...more] = ends.flatMap((end, one) =>
      end.status === 'fulfilled' ? [{ end: end.value, version: versions[one] }] : [],
    );
    expect(more).toEqual([]);
    expect(won?.end.outputs.outcome).toBe('promoted');
    const [lost] = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
    expect(String(lost)).toContain('production was moved while this run waited');
    expect(dataIn(at)).toMatchObject({ current_version: won?.version });
  });
});

test(`the ledger of ${MODEL} is the only other thing that is written to`, async () => {
  const at = await world();
  await run(at);
  expect(written(at)).toEqual(['PATCH configmaps/versions', 'PATCH deployments/stable']);
});
