import { servingGitlab } from '@passmuster/registry/mlflow/gitlab.fixture.ts';
import { expect, test } from 'vitest';
import { run, standingWith } from './running.fixture.ts';

test('a server that can keep no ledger says so, and is shown for what it says itself', async () => {
  await standingWith('{ models: { m: {} }, environments: { production: {} } }');
  const { registry, asked } = await servingGitlab();
  const openRegistry = async () => registry;
  const ended = await run('', { model: 'm', check: 'true' }, { openRegistry });
  expect(ended.outputs).toEqual({ outcome: 'agrees', disagreements: 0, version: '' });
  expect(ended.report.no_ledger).toContain('cannot hold a ledger');
  expect(ended.text).toContain('What is shown is what the registry says alone.');
  expect(ended.text).toContain('m: the registry cannot list the versions of a model');
  expect(ended.annotations).toContainEqual(
    expect.objectContaining({
      level: 'warning',
      message: expect.stringContaining('Nothing could be compared'),
    }),
  );
  // Some probes are empty changes, which change nothing.
  const writes = asked.filter(
    ({ method, json }) => method !== 'GET' && Object.keys(json).length > 0,
  );
  expect(writes).toEqual([]);
});

test('and all of its models, by the policy', async () => {
  await standingWith('{ models: { m: {}, n: {} }, environments: { production: {} } }');
  const { registry } = await servingGitlab();
  const ended = await run('', {}, { openRegistry: async () => registry });
  expect(ended.report.models.map(({ model, there }) => [model, there])).toEqual([
    ['m', true],
    ['n', false],
  ]);
});
