import { PassmusterError } from '@passmuster/core/errors.ts';
import { RegistryError } from '@passmuster/core/registry/error.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { expect, test } from 'vitest';
import { looking } from '../register/running.fixture.ts';
import {
  differing,
  dying,
  history,
  ledgerOf,
  lived,
  MODEL,
  modelWith,
  promoted,
  runOf,
  STAGED,
  standing,
} from '../rollback/moving.fixture.ts';
import { run as rollback } from '../rollback/running.fixture.ts';
import { withoutAliases } from '../rollback/servers.fixture.ts';
import { run } from './running.fixture.ts';

test('what a hand has moved is taken into the history, with name and reason', async () => {
  const address = await lived(['1', '2', '3']);
  await (await looking(address)).setAlias(MODEL, 'production', '1');
  await expect(rollback(address)).rejects.toThrow('moved it by hand');
  const { result, outputs, page, report } = await run(address);
  expect(result).toBe('done');
  expect(outputs).toMatchObject({ outcome: 'settled', from: '3', to: '1' });
  expect(page).toContain('gpt-custom in production is settled: number 1 is there');
  expect(page).toContain('The ledger had number 3, by ticket 3.');
  expect(page).toContain('reason: the registry had no network');
  expect(report).toMatchObject({ from: { number: '3', ticket: '3' }, to: { number: '1' } });
  expect((await history(address)).at(-1)).toMatchObject({
    outcome: 'settled',
    record: { verb: 'settle', steps: [], reason: 'the registry had no network' },
  });
  const again = await run(address);
  expect(again.outputs).toEqual({ ...outputs, outcome: 'unchanged', from: '', 'promotion-id': '' });
  expect(again.page).toContain('ledger and registry say that number 1 is there');
  // It counts as having been live, and so can be gone back to and from.
  await promoted(address, '2');
  expect((await rollback(address)).outputs).toMatchObject({ from: '2', to: '1' });
});

type Hand = (registry: Registry) => Promise<unknown>;

const alias =
  (number: string): Hand =>
  (registry) =>
    registry.setAlias(MODEL, 'production', number);
const unset: Hand = (registry) => registry.removeAlias(MODEL, 'production');
const stage =
  (number: string, to: 'Production' | 'Archived' = 'Production'): Hand =>
  (registry) =>
    registry.moveToStage(MODEL, number, to, false);
const deleted =
  (number: string): Hand =>
  (registry) =>
    registry.deleteVersion(MODEL, number);

const hands: readonly [string, readonly Hand[], string, string, RegExp][] = [
  ['nothing', [], 'unchanged', '2', /needs no settling/],
  ['the alias alone', [alias('1')], 'refused', '', /Set the alias to number 2, or move that/],
  [
    'a second version in the stage',
    [stage('1')],
    'refused',
    '',
    /has 2 versions.*Move all but one/s,
  ],
  ['alias and stage', [alias('1'), stage('2', 'Archived'), stage('1')], 'settled', '1', /number 1/],
  [
    'the stage, with the alias unset',
    [unset, stage('2', 'Archived'), stage('1')],
    'settled',
    '1',
    /./,
  ],
  ['all of it away', [unset, stage('2', 'Archived')], 'settled', '', /no version is there/],
  ['the live version deleted', [deleted('2')], 'settled', '', /no version is there/],
  ['the alias away, with the stage right', [unset], 'settled', '2', /had the same one there/],
  ['it out of the stage', [stage('2', 'Archived')], 'settled', '2', /had the same one there/],
];

test.each(hands)('a hand has moved %s', async (_, moves, outcome, to, says) => {
  const policy = STAGED;
  const address = await lived(['1', '2'], { policy });
  const registry = await looking(address);
  for (const move of moves) await move(registry);
  const before = await standing(address);
  const dry = await run(address, { 'dry-run': 'true' }, { policy });
  expect(dry.outputs.outcome).toBe(outcome === 'settled' ? 'planned' : outcome);
  expect(await history(address)).toHaveLength(2);
  const { outputs, page, annotations, result } = await run(address, {}, { policy });
  expect(outputs, page).toMatchObject({ outcome, to });
  expect(page).toMatch(says);
  expect(annotations).toHaveLength(outcome === 'refused' ? 1 : 0);
  expect(result).toBe(outcome === 'refused' ? 'refused' : 'done');
  expect(await history(address)).toHaveLength(outcome === 'settled' ? 3 : 2);
  expect(await standing(address)).toEqual(before);
  if (outcome === 'refused') return;
  // Whatever was settled, a promotion goes on from there.
  await promoted(address, '1', { policy });
  expect((await history(address)).at(-1)).toMatchObject({ outcome: 'done' });
});

test('what was never on record is sealed as it is found', async () => {
  const address = await modelWith(1);
  expect((await run(address)).outputs).toMatchObject({ outcome: 'unchanged', record: '' });
  const registry = await looking(address);
  expect(await registry.model(`passmuster.${MODEL}`)).toBeUndefined();
  await registry.setAlias(MODEL, 'production', '1');
  const { outputs, page } = await run(address);
  expect(outputs).toMatchObject({ outcome: 'settled', from: '', to: '1', record: '1' });
  expect(page).toContain('The ledger had no version there.');
});

test('what was only found, and never moved, is sealed by name', async () => {
  const address = await modelWith(2);
  const registry = await looking(address);
  await registry.setAlias(MODEL, 'production', '1');
  const failure = { reason: 'refused', effect: 'none' } as const;
  const refusing = differing(address, () => ({
    setAlias: () => Promise.reject(new RegistryError(failure, { message: 'It will not.' })),
  }));
  await promoted(address, '2', { openRegistry: refusing });
  expect((await history(address)).map(({ outcome }) => outcome)).toEqual(['put-back']);
  const { outputs } = await run(address);
  expect(outputs).toMatchObject({ outcome: 'settled', from: '1', to: '1' });
  expect((await run(address)).outputs.outcome).toBe('unchanged');
});

test('after a stop on somebody else’s value it seals what stands', async () => {
  const address = await lived(['1', '2', '3']);
  const openRegistry = dying(address, (method) => method === 'setAlias', 'after');
  const dead = rollback(address, {}, { host: runOf('7'), openRegistry, lease: 6_000 });
  await expect(dead).rejects.toThrow('killed');
  await (await looking(address)).setAlias(MODEL, 'production', '1');
  const { outputs, page, report } = await run(address, {}, { host: runOf('8') });
  expect(outputs).toMatchObject({ outcome: 'settled', from: '3', to: '1' });
  expect(report.answered).toMatchObject([{ ticket: '4', outcome: 'stopped' }]);
  expect(page).toContain('it was stopped on somebody else’s value');
  expect((await run(address)).outputs.outcome).toBe('unchanged');
});

test('after a stop that a hand has undone, it seals what the ledger says', async () => {
  const address = await lived(['1', '2']);
  const openRegistry = dying(address, (method) => method === 'setAlias', 'after');
  const dead = rollback(address, {}, { host: runOf('7'), openRegistry, lease: 6_000 });
  await expect(dead).rejects.toThrow('killed');
  const registry = await looking(address);
  await registry.createVersion({ model: MODEL, source: 's3://models/3' });
  await registry.setAlias(MODEL, 'production', '3');
  const away = promoted(address, '1', { host: runOf('8') });
  await expect(away).rejects.toThrow('moved it by hand');
  await registry.setAlias(MODEL, 'production', '2');
  const { outputs } = await run(address);
  expect(outputs).toMatchObject({ outcome: 'settled', from: '2', to: '2' });
});

test('on a server with stages only, a version that went on is not settled away', async () => {
  const address = await modelWith(2);
  const openRegistry = withoutAliases(address);
  const ports = { policy: STAGED, openRegistry };
  await promoted(address, '1', { ...ports, environment: 'staging' });
  await promoted(address, '1', ports);
  const { outputs } = await run(address, { environment: 'staging' }, ports);
  expect(outputs).toMatchObject({ outcome: 'unchanged', to: '1' });
  await (await looking(address)).moveToStage(MODEL, '2', 'Staging', false);
  const moved = await run(address, { environment: 'staging' }, ports);
  expect(moved.outputs).toMatchObject({ outcome: 'settled', from: '1', to: '2' });
});

test('it waits for its turn, and does not guess how something ends that has begun', async () => {
  const address = await lived(['1', '2']);
  const held = await ledgerOf(await looking(address)).take(
    { queue: 'moves', environment: 'production', intent: 'x', marks: new Map() },
    {
      wait: 0,
      signal: new AbortController().signal,
      waiting: () => {},
      answerFor: async () => ({ outcome: 'void', result: {} }),
    },
  );
  const waiting = run(address, { wait: '200ms' });
  await expect(waiting).rejects.toBeInstanceOf(PassmusterError);
  await expect(waiting).rejects.toMatchObject({ kind: 'conflict' });
  await held.record({ verb: 'promote', steps: [], to: { number: '2' } });
  await expect(run(address, { 'dry-run': 'true' })).rejects.toThrow('has begun to move');
  await held.seal('done', {});
});
