import { InputError } from '@passmuster/core/errors.ts';
import { terminalLines } from '@passmuster/report/terminal.ts';
import { expect, test } from 'vitest';
import { around, emptyRegistry, looking, run as register } from '../register/running.fixture.ts';
import { folderWith } from '../verify/folder.ts';
import {
  differing,
  history,
  lived,
  MODEL,
  modelWith,
  promoted,
  STAGED,
  standing,
} from './moving.fixture.ts';
import { run } from './running.fixture.ts';

test('the last good version comes back, and that is on record', async () => {
  const address = await lived(['1', '2', '3']);
  const { result, outputs, page, report } = await run(address);
  expect(result).toBe('done');
  expect(outputs).toMatchObject({ outcome: 'rolled-back', from: '3', to: '2', record: '4' });
  expect(await standing(address)).toEqual({ alias: '2', stages: {} });
  expect(page).toContain('gpt-custom in production went back from number 3 to number 2');
  expect(report).toMatchObject({
    steps: [{ kind: 'alias', place: 'production', before: '3', after: '2' }],
    from: { number: '3', ticket: '3' },
    to: { number: '2' },
    reason: 'errors doubled',
  });
  expect((await history(address)).at(-1)).toMatchObject({
    outcome: 'done',
    marks: new Map([
      ['verb', 'rollback'],
      ['from', '3'],
    ]),
    record: { verb: 'rollback', reason: 'errors doubled', from: { number: '3', ticket: '3' } },
  });
  const version = await (await looking(address)).version(MODEL, '2');
  expect(version?.tags.get('passmuster.moved.production')).toMatch(
    /^passmuster\.gpt-custom\/4 sha256:/,
  );
});

test('what was rolled back from is passed over the next time', async () => {
  const address = await lived(['1', '2', '3']);
  await run(address);
  const registry = await looking(address);
  await registry.createVersion({ model: MODEL, source: 's3://models/4' });
  await promoted(address, '4');
  expect((await run(address)).outputs).toMatchObject({ from: '4', to: '2' });
  expect((await run(address)).outputs).toMatchObject({ from: '2', to: '1' });
  const { result, page } = await run(address);
  expect(result).toBe('refused');
  expect(page).toContain('no earlier version of "production" on record that was never rolled back');
  expect(page).toContain('It had number 2, number 4, number 3');
});

test('what was found before the first record can be gone back to', async () => {
  const address = await modelWith(2);
  await (await looking(address)).setAlias(MODEL, 'production', '1');
  await promoted(address, '2');
  expect((await run(address)).outputs).toMatchObject({ outcome: 'rolled-back', to: '1' });
});

test('a version that is not live any more stays out, and who moved it is told', async () => {
  const address = await lived(['1', '2', '3']);
  const first = await run(address, { from: '3' });
  const again = await run(address, { from: '3' });
  expect(again.result).toBe('done');
  expect(again.outputs).toEqual({ ...first.outputs, outcome: 'unchanged' });
  expect(again.page).toContain('number 3 is not live any more, number 2 is');
  expect(again.page).toMatch(/went back to it at .* with ticket 4, because: errors doubled/);
  expect(again.report.live).toEqual({ number: '2', ticket: '4' });
  expect(await history(address)).toHaveLength(4);
});

const targets: readonly [string, Record<string, string>, string, RegExp][] = [
  ['an earlier one', { to: 'number:1' }, 'rolled-back', /to number 1/],
  [
    'one that it never had',
    { to: '4' },
    'refused',
    /never had number 4.*It had number 2, number 1/s,
  ],
  ['one that is deleted', { to: '2' }, 'refused', /number 2.*deleted.*--to number:1 --reason/s],
  ['the nearest, which is deleted', {}, 'refused', /number 2.*deleted.*--to number:1 --reason/s],
];

test.each(targets)('the target is %s', async (name, given, outcome, says) => {
  const address = await lived(['1', '2', '3']);
  const registry = await looking(address);
  await registry.createVersion({ model: MODEL, source: 's3://models/4' });
  if (name.includes('deleted')) await registry.deleteVersion(MODEL, '2');
  const { outputs, page, annotations } = await run(address, given);
  expect(outputs.outcome).toBe(outcome);
  expect(page).toMatch(says);
  expect(annotations).toHaveLength(outcome === 'refused' ? 1 : 0);
  expect(await standing(address)).toMatchObject({ alias: outcome === 'refused' ? '3' : '1' });
});

test('a live version that was deleted is gone back from', async () => {
  const address = await lived(['1', '2'], { policy: STAGED });
  await (await looking(address)).deleteVersion(MODEL, '2');
  const { outputs, page } = await run(address, {}, { policy: STAGED });
  expect(outputs, page).toMatchObject({ outcome: 'rolled-back', from: '2', to: '1' });
  expect(await standing(address)).toEqual({ alias: '1', stages: { 1: 'Production' } });
});

test('what a hand has moved is nothing to go back from', async () => {
  const address = await lived(['1', '2', '3']);
  const registry = await looking(address);
  await registry.setAlias(MODEL, 'production', '1');
  const moved = run(address);
  await expect(moved).rejects.toMatchObject({ kind: 'conflict' });
  await expect(moved).rejects.toThrow(/somebody has moved it by hand/);
  // Also where the version that the ledger knows is gone, but another stands in its place.
  await registry.deleteVersion(MODEL, '3');
  await expect(run(address)).rejects.toThrow(/somebody has moved it by hand/);
  expect(await history(address)).toHaveLength(3);
});

test('what was registered of the target must still stand', async () => {
  const address = await emptyRegistry();
  for (const version of ['v1.0.0', 'v1.1.0']) {
    const path = await folderWith({ 'model.bin': version });
    await register(address, { path, version, source: `s3://models/${version}` });
  }
  for (const number of ['1', '2']) await promoted(address, number);
  const registry = await looking(address);
  const digest = (await registry.version(MODEL, '1'))?.tags.get('passmuster.digest') ?? '';
  await registry.tagVersion(MODEL, '1', 'passmuster.digest', `sha256:${'0'.repeat(64)}`);
  const { result, page } = await run(address);
  expect(result).toBe('refused');
  expect(page).toContain('Number 1 is not what was registered any more');
  await registry.tagVersion(MODEL, '1', 'passmuster.digest', digest);
  const named = await run(address, { from: 'v1.1.0', to: 'v1.0.0' });
  expect(named.page).toContain('from v1.1.0 (number 2) to v1.0.0 (number 1)');
});

test('a target that is not ready is refused', async () => {
  const address = await lived(['1', '2']);
  const pending = differing(address, ({ versions }) => ({
    async *versions(...args) {
      for await (const version of versions(...args)) {
        yield version.number === '1' && version.model === MODEL
          ? { ...version, status: 'PENDING_REGISTRATION' }
          : version;
      }
    },
  }));
  const { result, page } = await run(address, {}, { openRegistry: pending });
  expect([result, page]).toEqual(['refused', expect.stringContaining('is not ready')]);
});

test('a registry that has no such state has every target ready', async () => {
  const address = await lived(['1', '2', '3']);
  const stateless = differing(address, ({ versions }) => ({
    async *versions(...args) {
      for await (const version of versions(...args)) yield { ...version, status: '' };
    },
  }));
  const { outputs } = await run(address, {}, { openRegistry: stateless });
  expect(outputs).toMatchObject({ outcome: 'rolled-back', to: '2' });
});

test('a dry run shows what would move, and moves nothing', async () => {
  const address = await lived(['1', '2'], { policy: STAGED });
  const { outputs, rendered } = await run(address, { 'dry-run': 'true' }, { policy: STAGED });
  expect(outputs).toMatchObject({ outcome: 'planned', from: '2', to: '1', record: '' });
  expect(terminalLines(rendered, { colour: false, width: 100 }).slice(0, 6)).toEqual([
    'PASS gpt-custom in production would go back from number 2 to number 1',
    '',
    '  - the stage Production: number 2',
    '  + the stage Production: number 1',
    '  - the alias production: number 2',
    '  + the alias production: number 1',
  ]);
  expect(await standing(address)).toMatchObject({ alias: '2' });
  const done = await run(address, {}, { policy: STAGED });
  expect(done.outputs['promotion-id']).toBe(outputs['promotion-id']);
});

test('where nothing was ever moved nothing is written', async () => {
  const address = await modelWith(1);
  const registry = await looking(address);
  expect((await run(address)).page).toContain('no version is live in "production"');
  await registry.setAlias(MODEL, 'production', '1');
  const { result, page } = await run(address);
  expect([result, page]).toEqual(['refused', expect.stringContaining('no earlier version')]);
  expect(await registry.model(`passmuster.${MODEL}`)).toBeUndefined();
  await expect(run(address, { model: 'gpt-costum' })).rejects.toThrow('There is no model');
});

test('all that is wrong with the input is told at once', async () => {
  const address = await lived(['1']);
  const wrong = { from: '1.', to: 'semver:x', environment: 'prod' };
  const error = await run(address, wrong, { policy: STAGED }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('`from`: The version "1."'),
    expect.stringContaining('`to`: The version "semver:x"'),
    expect.stringContaining('`environment` is `prod`'),
  ]);
  const missing = run(address, { from: '17', to: '18' });
  await expect(missing).rejects.toThrow(/`from`: .*`17`.*\n`to`: .*`18`/);
  await expect(run(address, { from: '1', to: '1' })).rejects.toThrow('the very version');
});

test('what runs by itself must say what it takes out', async () => {
  const address = await lived(['1', '2']);
  const { host } = around();
  await expect(run(address, {}, { host })).rejects.toThrow('`from` is missing');
  expect((await run(address, { from: '2' }, { host })).outputs.outcome).toBe('rolled-back');
});
