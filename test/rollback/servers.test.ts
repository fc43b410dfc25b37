import { PassmusterError } from '@passmuster/core/errors.ts';
import { RegistryError } from '@passmuster/core/registry/error.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { servingGitlab } from '@passmuster/registry/mlflow/gitlab.fixture.ts';
import { terminalLines } from '@passmuster/report/terminal.ts';
import { expect, test } from 'vitest';
import { looking, openRegistry } from '../register/running.fixture.ts';
import { run as settle } from '../settle/running.fixture.ts';
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
import { withoutAliases, withoutStages } from './servers.fixture.ts';

const both = (address: string) => () => openRegistry(address);

const STAGES = { 1: 'Production', 2: 'Archived' };

test.each<[string, (address: string) => () => Promise<Registry>, object, readonly string[]]>([
  ['both', both, { alias: '1', stages: STAGES }, ['stage', 'alias']],
  ['only aliases', withoutStages, { alias: '1', stages: {} }, ['alias']],
  ['only stages', withoutAliases, { stages: STAGES }, ['stage']],
])('on a server with %s', async (_, server, stands, kinds) => {
  const address = await modelWith(2);
  const ports = { policy: STAGED, openRegistry: server(address) };
  for (const number of ['1', '2']) await promoted(address, number, ports);
  const { outputs, report } = await run(address, {}, ports);
  expect(outputs).toMatchObject({ outcome: 'rolled-back', from: '2', to: '1' });
  expect(report.steps.map(({ kind }) => kind)).toEqual(kinds);
  expect(await standing(address)).toEqual(stands);
});

const refusal = (reason: 'refused' | 'denied'): RegistryError =>
  new RegistryError(
    { reason, effect: 'none' },
    { message: 'The registry will not have it: ::set-output name=x::y' },
  );

test('what the registry refuses is put back, and all stands as before', async () => {
  const policy = STAGED;
  const address = await lived(['1', '2'], { policy });
  const refusing = differing(address, () => ({
    setAlias: () => Promise.reject(refusal('denied')),
  }));
  const { result, outputs, page, report } = await run(
    address,
    {},
    { policy, openRegistry: refusing },
  );
  expect(result).toBe('upstream');
  expect(outputs).toMatchObject({ outcome: 'put-back', from: '2', to: '1', record: '3' });
  expect(page).toContain('gpt-custom in production stays at number 2: it could not go back to');
  expect(page).toContain('Everything stands as it did before');
  expect(report.displaced).toEqual([]);
  expect(report.cause).toContain('will not have it');
  expect(await standing(address)).toMatchObject({ alias: '2', stages: { 2: 'Production' } });
  expect((await history(address)).at(-1)?.outcome).toBe('put-back');
  expect((await run(address, {}, { policy })).outputs.outcome).toBe('rolled-back');
});

test('somebody else’s value stops it, and the page says what mends that', async () => {
  const policy = STAGED;
  const address = await lived(['1', '2', '3'], { policy });
  const meddling = differing(address, ({ moveToStage, setAlias }) => ({
    async moveToStage(...args) {
      const moved = await moveToStage(...args);
      await setAlias(MODEL, 'production', '1');
      return moved;
    },
  }));
  const { result, outputs, rendered, report, annotations } = await run(
    address,
    {},
    { policy, openRegistry: meddling },
  );
  expect([result, outputs.outcome]).toEqual(['conflict', 'stopped']);
  const text = terminalLines(rendered, { colour: false, width: 200 }).join('\n');
  expect(text).toContain('ERROR gpt-custom in production was stopped half-way from number 3 to');
  expect(text).toMatch(/the alias production +number 1 +put there by somebody else/);
  expect(text).toContain('client.set_registered_model_alias("gpt-custom", "production", "3")');
  expect(text).toContain('("gpt-custom", "3", "Production", archive_existing_versions=False)');
  expect(text).toContain('passmuster settle --model gpt-custom --environment production --reason');
  expect(report.steps).toMatchObject([
    { kind: 'stage', stands: '2' },
    { kind: 'alias', stands: '1' },
  ]);
  expect(annotations).toMatchObject([
    { level: 'error', message: expect.stringContaining('passmuster settle --model gpt-custom') },
  ]);
  const next = run(address, {}, { policy });
  await expect(next).rejects.toBeInstanceOf(PassmusterError);
  // By hand, as it says.
  const registry = await looking(address);
  await registry.setAlias(MODEL, 'production', '3');
  await registry.moveToStage(MODEL, '3', 'Production', true);
  expect((await run(address, {}, { policy })).outputs).toMatchObject({ from: '3', to: '2' });
});

test('a version in the stage that nobody counted on is told', async () => {
  const policy = STAGED;
  const address = await lived(['1', '2', '3'], { policy });
  const meddling = differing(address, ({ moveToStage }) => ({
    async moveToStage(...args) {
      await moveToStage(MODEL, '1', 'Production', false);
      return moveToStage(...args);
    },
  }));
  const { outputs, report, page } = await run(address, {}, { policy, openRegistry: meddling });
  expect(outputs.outcome).toBe('rolled-back');
  expect(report.displaced).toEqual(['1']);
  expect(page).toContain('The registry archived number 1 along with it');
});

test('a version that is in production is not taken out of there for staging', async () => {
  const policy = STAGED;
  const address = await lived(['1', '2'], { policy, environment: 'staging' });
  await promoted(address, '1', { policy });
  const { outputs, page } = await run(address, { environment: 'staging' }, { policy });
  expect(outputs).toMatchObject({ outcome: 'rolled-back', from: '2', to: '1' });
  expect(page).toContain('Number 1 is in production now, and a version has one stage, so only');
  expect(await standing(address, 'staging')).toEqual({
    alias: '1',
    stages: { 1: 'Production', 2: 'Archived' },
  });
  const only = await modelWith(2);
  const ports = { policy, openRegistry: withoutAliases(only) };
  for (const number of ['1', '2'])
    await promoted(only, number, { ...ports, environment: 'staging' });
  await promoted(only, '1', ports);
  const refused = await run(only, { environment: 'staging' }, ports);
  expect([refused.result, refused.page]).toEqual([
    'refused',
    expect.stringContaining('it would be taken out there'),
  ]);
});

test('without a policy it is the place that the last record names', async () => {
  const address = await lived(['1', '2'], { policy: STAGED });
  const { outputs } = await run(address);
  expect(outputs.outcome).toBe('rolled-back');
  expect(await standing(address)).toEqual({
    alias: '1',
    stages: { 1: 'Production', 2: 'Archived' },
  });
});

test.each([
  ['rollback', run],
  ['settle', settle],
])('%s says where no ledger can be kept', async (_, verb) => {
  const { registry } = await servingGitlab();
  const asked = verb('', { model: 'm' }, { openRegistry: async () => registry });
  await expect(asked).rejects.toThrow('cannot hold a ledger');
});
