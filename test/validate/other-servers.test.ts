import { servingGitlab } from '@passmuster/registry/mlflow/gitlab.fixture.ts';
import { expect, test } from 'vitest';
import { run, standingIn } from './running.fixture.ts';

const FILES = {
  'eval.json': '{"accuracy": 0.9}',
  'baseline.json': '{"accuracy": 0.8}',
};

/** On GitLab, whose versions are numbered `1.0.0`, and which can neither list them nor keep tags. */
async function onGitlab(given: Record<string, string>) {
  const { registry, asked } = await servingGitlab();
  await standingIn(FILES);
  const openRegistry = async () => registry;
  const judging = run('', { model: 'm', evaluations: 'eval.json', ...given }, { openRegistry });
  return { judging, writes: () => asked.filter(({ method }) => method !== 'GET') };
}

test.each<[string, Record<string, string>, string]>([
  ['by number', { version: '1.0.0', gates: 'accuracy >= 0.9' }, 'pass'],
  ['by typed number', { version: 'number:1.0.0', gates: 'accuracy >= 0.95' }, 'fail'],
  [
    'against a baseline in files',
    { version: '1.0.0', gates: 'accuracy >= champion', 'champion-evaluations': 'baseline.json' },
    'pass',
  ],
  [
    'against an environment',
    { version: '1.0.0', gates: 'accuracy >= champion', environment: 'production' },
    'inconclusive',
  ],
  [
    'against itself, by number',
    { version: '1.0.0', gates: 'accuracy >= champion\naccuracy >= 0.9', champion: '1.0.0' },
    'pass',
  ],
])('a server without search judges %s', async (_, given, verdict) => {
  const { judging, writes } = await onGitlab(given);
  const { outputs, report } = await judging;
  expect(outputs, JSON.stringify(report.gates)).toMatchObject({ verdict, version: '1.0.0' });
  expect(writes()).toEqual([]);
});

test('and says that it cannot tell which version is where', async () => {
  const given = { version: '1.0.0', gates: 'accuracy >= champion', environment: 'production' };
  const { page } = await (await onGitlab(given)).judging;
  expect(page).toContain('the registry cannot list the versions of a model');
  expect(page).toContain('Name the champion with champion');
});

test.each([
  ['v1.0.0', 'cannot look for a version by its tags'],
  ['@candidate', 'The registry has no aliases'],
  ['latest', 'cannot list its versions'],
  ['Production', 'has no stages, or cannot list'],
  [`run:${'a'.repeat(32)}`, 'cannot look for a version by its run'],
])('%s it cannot look for', async (version, says) => {
  const { judging } = await onGitlab({ version, gates: 'accuracy >= 0.5' });
  await expect(judging).rejects.toThrow(says);
});
