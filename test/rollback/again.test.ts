import { Interrupted } from '@passmuster/core/errors.ts';
import type { Host } from '@passmuster/core/host.ts';
import { expect, test } from 'vitest';
import { around, looking } from '../register/running.fixture.ts';
import {
  attended,
  type Differing,
  differing,
  dying,
  history,
  ledgerOf,
  lived,
  MODEL,
  promoted,
  runOf,
  STAGED,
  standing,
} from './moving.fixture.ts';
import { run } from './running.fixture.ts';

/** Of those that die: a third of it passes before somebody answers for them. */
const SHORT_LEASE = 6_000;

const RECORD = 'passmuster.record';
const tags = (key: string) => (method: string, args: readonly unknown[]) =>
  method === 'tagVersion' && args[2] === key;
const calls = (name: string) => (method: string) => method === name;

/** A run that is killed there; what it says is heard by nobody. */
async function killed(
  address: string,
  host: Host,
  [isLast, when]: readonly [Parameters<typeof dying>[1], Parameters<typeof dying>[2]],
  given: Record<string, string> = {},
  more: Differing = {},
): Promise<void> {
  const openRegistry = dying(address, isLast, when);
  await expect(
    run(address, given, { ...more, host, openRegistry, lease: SHORT_LEASE }),
  ).rejects.toThrow('killed');
}

test('a run that is repeated goes back once', async () => {
  const address = await lived(['1', '2', '3']);
  const first = await run(address, {}, { host: runOf('7') });
  expect(first.outputs).toMatchObject({ outcome: 'rolled-back', from: '3', to: '2' });
  const again = await run(address, {}, { host: runOf('7', '2') });
  expect(again.outputs).toEqual({ ...first.outputs, outcome: 'unchanged' });
  // Also where it names what is live in other words.
  const named = await run(address, { from: '@production' }, { host: runOf('7', '3') });
  expect(named.outputs).toEqual(again.outputs);
  const other = await run(address, {}, { host: runOf('8') });
  expect(other.outputs).toMatchObject({ outcome: 'rolled-back', from: '2', to: '1' });
});

test('an attempt that found nothing to take out is no reason to take out what came later', async () => {
  const address = await lived(['1', '2']);
  const other = { environment: 'other' };
  const first = await run(address, other, { host: runOf('7') });
  expect(first.outputs).toMatchObject({ outcome: 'refused', from: '' });
  for (const number of ['1', '2']) await promoted(address, number, other);
  const again = await run(address, other, { host: runOf('7', '2') });
  expect(again.outputs).toMatchObject({ outcome: 'unchanged', from: '', to: '2' });
  expect(await standing(address, 'other')).toMatchObject({ alias: '2' });
});

test('an attempt that was killed before its record is no reason to go further back', async () => {
  const address = await lived(['1', '2', '3']);
  await killed(address, runOf('7'), [tags(RECORD), 'before']);
  expect((await run(address, {}, { host: runOf('8') })).outputs).toMatchObject({ to: '2' });
  const again = await run(address, {}, { host: runOf('7', '2') });
  expect(again.outputs).toMatchObject({ outcome: 'unchanged', from: '3', to: '2' });
  expect(await standing(address)).toMatchObject({ alias: '2' });
});

test.each([
  ['before its first effect', tags(RECORD), 'after'],
  ['between its effects', calls('moveToStage'), 'after'],
  ['before its last effect', calls('setAlias'), 'before'],
  ['after its last effect', calls('setAlias'), 'after'],
] as const)('an attempt that was killed %s is carried on by the next', async (_, isLast, when) => {
  const policy = STAGED;
  const address = await lived(['1', '2', '3'], { policy });
  await killed(address, runOf('7'), [isLast, when], {}, { policy });
  const next = await run(address, {}, { policy, host: runOf('7', '2') });
  expect(next.outputs).toMatchObject({ outcome: 'rolled-back', from: '3', to: '2', record: '4' });
  expect(next.report.answered).toMatchObject([{ ticket: '4', outcome: 'done', actor: 'run-7' }]);
  expect(await standing(address)).toEqual({
    alias: '2',
    stages: { 1: 'Archived', 2: 'Production', 3: 'Archived' },
  });
  expect((await history(address)).map(({ outcome }) => outcome)).toEqual(Array(4).fill('done'));
  const third = await run(address, {}, { policy, host: runOf('7', '3') });
  expect(third.outputs).toMatchObject({ outcome: 'unchanged', record: '4' });
});

test('another who wants the same carries it on, too', async () => {
  const address = await lived(['1', '2', '3']);
  await killed(address, runOf('7'), [tags(RECORD), 'after']);
  const next = await run(address, {}, { host: { ...attended(), hasEnded: async () => true } });
  expect(next.outputs).toMatchObject({ outcome: 'rolled-back', from: '3', to: '2', record: '4' });
});

test.each([
  ['half', 'before', { outcome: 'unchanged', from: '3', to: '2' }, 'put back'],
  ['whole', 'after', { outcome: 'rolled-back', from: '3', to: '2' }, 'counts as done'],
] as const)(
  'of a dead promotion that was %s there, nothing is left',
  async (_, when, ends, says) => {
    const policy = STAGED;
    const address = await lived(['1', '2', '3'].slice(0, 2), { policy });
    const registry = await looking(address);
    await registry.createVersion({ model: MODEL, source: 's3://models/3' });
    const openRegistry = dying(address, calls('setAlias'), when);
    const dead = promoted(address, '3', {
      policy,
      host: runOf('6'),
      openRegistry,
      lease: SHORT_LEASE,
    });
    await expect(dead).rejects.toThrow('killed');
    const { outputs, page } = await run(address, {}, { policy, host: runOf('7') });
    expect(outputs, page).toMatchObject(ends);
    expect(page).toContain(says);
    expect(await standing(address)).toMatchObject({ alias: '2' });
  },
);

test('of two at once one goes back, and the other sees that it is done', async () => {
  const address = await lived(['1', '2', '3']);
  const both = await Promise.all([run(address), run(address)]);
  expect(both.map(({ outputs }) => outputs.outcome).sort()).toEqual(['rolled-back', 'unchanged']);
  expect(await standing(address)).toMatchObject({ alias: '2' });
});

test('what somebody else begins while the first waits is not taken out in its place', async () => {
  const address = await lived(['1', '2']);
  const registry = await looking(address);
  await registry.createVersion({ model: MODEL, source: 's3://models/3' });
  const signal = new AbortController().signal;
  const options = {
    wait: 0,
    signal,
    waiting: () => {},
    answerFor: async () => ({ outcome: 'void' as const, result: {} }),
  };
  const request = { queue: 'moves' as const, environment: 'production', marks: new Map() };
  const holding = await ledgerOf(registry).take({ ...request, intent: 'x' }, options);
  let isWaiting = (): void => {};
  const waits = new Promise<void>((resolve) => {
    isWaiting = resolve;
  });
  const { voice } = around();
  const second = promoted(address, '3');
  const waiting = run(address, {}, { voice: { ...voice, note: () => isWaiting() } });
  await waits;
  await holding.letGo();
  await second;
  const { outputs } = await waiting;
  // Whichever of the two came first: number 2 was to go, and number 3 was never.
  expect(outputs.from).toBe('2');
  expect((await standing(address)).alias).toBe('3');
});

test('a dry run does not guess how something ends that has begun', async () => {
  const address = await lived(['1', '2', '3']);
  await killed(address, runOf('7'), [tags(RECORD), 'after']);
  const dry = run(address, { 'dry-run': 'true' });
  await expect(dry).rejects.toMatchObject({ kind: 'conflict' });
  await expect(dry).rejects.toThrow('has begun to move and has not ended');
});

test('a signal leaves what was begun to whoever comes next', async () => {
  const address = await lived(['1', '2', '3']);
  const controller = new AbortController();
  const stopping = differing(address, ({ tagVersion }) => ({
    async tagVersion(...args) {
      await tagVersion(...args);
      if (args[2] === RECORD) controller.abort(new Interrupted('SIGTERM'));
    },
  }));
  const { signal } = controller;
  const lease = SHORT_LEASE;
  const ports = { host: runOf('7'), openRegistry: stopping, signal, lease };
  const stopped = run(address, {}, ports);
  await expect(stopped).rejects.toBeInstanceOf(Interrupted);
  const next = await run(
    address,
    {},
    { host: { ...runOf('7', '2'), hasEnded: async () => false } },
  );
  expect(next.outputs).toMatchObject({ outcome: 'rolled-back', from: '3', to: '2', record: '4' });
});
