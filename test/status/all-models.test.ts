import { RegistryError } from '@passmuster/core/registry/error.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { expect, test } from 'vitest';
import { leave, move } from './moving.fixture.ts';
import { registryWith, run, standingWith } from './running.fixture.ts';

const POLICY = `
models:
  planned: {}
  unborn: {}
environments:
  production: { alias: champion }
`;
const WHERE = { alias: 'champion' } as const;

test('all that have a ledger, and those of the policy that have none', async () => {
  await standingWith(POLICY);
  const { address, registry } = await registryWith(2, 'a', 'größe', 'planned', 'other');
  await move(address, '1', { ...WHERE, model: 'a' });
  await move(address, '2', { ...WHERE, model: 'größe', actor: 'bob' });
  await registry.setAlias('planned', 'champion', '1');
  const { text, report, outputs } = await run(address, { check: 'true' });
  expect(report.models.map(({ model, ledger, there }) => [model, ledger, there])).toEqual([
    ['a', true, true],
    ['größe', true, true],
    ['planned', false, true],
    ['unborn', false, false],
  ]);
  expect(outputs).toEqual({ outcome: 'agrees', disagreements: 0, version: '' });
  expect(text).toMatch(/^PASS 4 models: everything agrees$/m);
  expect(text).toMatch(/^model +environment +version +since \(UTC\) +by +state$/m);
  expect(text).toMatch(/^größe +production +number 2 +\S+ \S+ +bob +agrees$/m);
  expect(text).toMatch(/^planned +production +number 1 +no record yet$/m);
  expect(text).toMatch(/^unborn +production +nobody +no record yet$/m);
  expect(text).toContain('unborn: there is no such model in the registry (any more).');
});

test('what disagrees in one of them is told with its model, and what waits too', async () => {
  await standingWith(POLICY);
  const { address, registry } = await registryWith(3, 'a', 'b');
  await move(address, '1', { ...WHERE, model: 'a' });
  await move(address, '1', { ...WHERE, model: 'b' });
  await registry.setAlias('b', 'champion', '3');
  await leave(address, '2', { ...WHERE, model: 'a', done: 1 });
  const { text, result, outputs, annotations } = await run(address, { check: 'true' });
  expect(result).toBe('refused');
  expect(outputs).toEqual({ outcome: 'disagrees', disagreements: 2, version: '' });
  expect(text).toContain('- b production: The ledger says number 1 (ticket 1)');
  expect(text).toContain('- a: ticket 2, promote for production, taken by alice');
  expect(annotations).toMatchObject([
    { level: 'error', message: expect.stringMatching(/^b production: The ledger says/) },
    { level: 'error', message: expect.stringMatching(/^a production: ticket 2 of alice/) },
    { level: 'notice' },
    { level: 'notice' },
  ]);
});

test('a registered model that is called like a ledger and is none is named, and only that', async () => {
  await standingWith(POLICY);
  const { address, registry } = await registryWith(1, 'a');
  await move(address, '1', { ...WHERE, model: 'a' });
  await registry.createModel({ name: 'passmuster.mine' });
  const tags = new Map([
    ['passmuster.ledger', '1'],
    ['passmuster.model', 'a'],
  ]);
  await registry.createModel({ name: 'passmuster.false', tags });
  const { report, outputs } = await run(address, {});
  expect(report.strange).toEqual(['passmuster.false', 'passmuster.mine']);
  expect(outputs.disagreements).toBe(2);
  expect(report.models.map(({ model }) => model)).toEqual(['a', 'planned', 'unborn']);
});

test('where there is nothing, that is told', async () => {
  await standingWith('environments: { production: {} }');
  const { address } = await registryWith(0);
  const { text, result } = await run(address, { check: 'true' });
  expect(result).toBe('done');
  expect(text).toContain('PASS 0 models: no model has a ledger, and the policy names none');
});

test('one that may not be read keeps no other from being told, and is no pass', async () => {
  await standingWith('environments: { production: { alias: champion } }');
  const { address, registry } = await registryWith(1, 'a', 'b');
  await move(address, '1', { ...WHERE, model: 'a' });
  await move(address, '1', { ...WHERE, model: 'b' });
  async function* versions(...given: Parameters<Registry['versions']>) {
    if (given[0].model === 'passmuster.a') {
      throw new RegistryError({ reason: 'denied', effect: 'none' }, { message: 'Not for you.' });
    }
    yield* registry.versions(...given);
  }
  const openRegistry = async () => ({ ...registry, versions, close: async () => undefined });
  const { result, report, text } = await run(address, { check: 'true' }, { openRegistry });
  expect(result).toBe('refused');
  expect(report.models.map(({ unread, environments }) => [unread, environments.length])).toEqual([
    [['Not for you.'], 0],
    [undefined, 1],
  ]);
  expect(text).toContain('- a: Not for you.');
  expect(text).toMatch(/^a +unknown +NOT READ$/m);
  await expect(run(address, { model: 'a' }, { openRegistry })).rejects.toMatchObject({
    kind: 'upstream',
  });
});
