import { servingGitlab } from '@passmuster/registry/mlflow/gitlab.fixture.ts';
import { expect, test } from 'vitest';
import { looking } from '../register/running.fixture.ts';
import { noRegistry } from '../surroundings.ts';
import { historyOf, problemsOf, registered, run, stands } from './running.fixture.ts';

const GATES = { gates: 'accuracy >= 0.8' };
const NOTHING = 'models: {}\n';

test.each<[string, Record<string, string>, Record<string, string>, string]>([
  ['a stage', { stage: 'Production' }, { Production: '1' }, 'production'],
  ['an alias', { alias: 'champion' }, { champion: '1' }, 'champion'],
  ['both', { stage: 'Staging', alias: 'candidate' }, { Staging: '1', candidate: '1' }, 'candidate'],
  ['an environment', { environment: 'live' }, { live: '1' }, 'live'],
  [
    'an environment with both',
    { environment: 'live', stage: 'Production', alias: 'a' },
    { Production: '1', a: '1' },
    'live',
  ],
])('without a policy, %s says where it goes', async (_, given, expected, environment) => {
  for (const policy of ['none', NOTHING]) {
    const address = await registered([0.9], policy);
    const { outputs } = await run(address, { ...GATES, ...given });
    expect(outputs.outcome).toBe('promoted');
    expect(await stands(address)).toEqual(expected);
    expect(await historyOf(address, environment)).toMatchObject([{ outcome: 'done' }]);
    expect((await run(address, { ...GATES, ...given })).outputs.outcome).toBe('unchanged');
  }
});

test('a second version takes the place of the first, in a stage alone too', async () => {
  const address = await registered([0.8, 0.9], 'none');
  const given = { ...GATES, stage: 'Production' };
  await run(address, given);
  const { outputs } = await run(address, { ...given, version: 'v1.1.0' });
  expect(outputs).toMatchObject({ outcome: 'promoted', from: '1', to: '2' });
  expect(await stands(address)).toEqual({ Production: '2', Archived: '1' });
});

test.each<[string, Record<string, string>, RegExp]>([
  ['nowhere', {}, /Nothing says where the version is to go.*`stage`, `alias` or `environment`/s],
  ['an alias that reads as a version', { alias: 'v7' }, /"v7" is read as a version/],
  ['an alias that reads as another', { alias: 'Latest' }, /"Latest" is read as a version/],
  ['an alias with a slash', { alias: 'a/b' }, /"a\/b" must be letters, digits/],
  ['a disguised environment', { environment: 'prоduction' }, /mixes Latin letters with Cyrillic/],
  ['an environment with quotes', { environment: '$(id)"`' }, /must be letters, digits/],
])('%s is refused before anybody is asked', async (_, given, says) => {
  const address = await registered([], 'none');
  const problems = await problemsOf(run(address, given, { openRegistry: noRegistry }));
  expect(problems).toMatch(/^input: /);
  expect(problems).toMatch(says);
});

test.each<[string, Record<string, string>, RegExp]>([
  [
    'another environment',
    { environment: 'prodution' },
    /`prodution`, which is no environment in passmuster\.yaml.*Did you mean `production`/s,
  ],
  ['no environment', {}, /`environment` is missing.*`staging`, `production`, `lonely`/s],
  [
    'a stage',
    { environment: 'production', stage: 'Production' },
    /`stage` is given, but passmuster\.yaml says/,
  ],
  ['an alias alone', { alias: 'champion' }, /`alias` is given, but.*`environment` is missing/s],
])('with a policy, %s is refused before anybody is asked', async (_, given, says) => {
  const address = await registered([]);
  const problems = await problemsOf(run(address, given, { openRegistry: noRegistry }));
  expect(problems).toMatch(/^input: /);
  expect(problems).toMatch(says);
});

test.each<[string, Record<string, string>, RegExp]>([
  ['a ledger', { model: 'passmuster.gpt-custom' }, /^input: .*ledger/s],
  ['a model that is not there', { model: 'gpt-costum' }, /^input: .*no model `gpt-costum`/s],
  ['a name that nobody sealed', { version: 'v9.0.0' }, /^input: .*v9\.0\.0/s],
  ['a number that is not there', { version: '9' }, /^input: `version`.*9/s],
  ['an alias that is not set', { version: '@nobody' }, /^input: .*nobody/s],
])('%s is the caller’s mistake, and nothing is made', async (_, given, says) => {
  const address = await registered([0.9]);
  expect(await problemsOf(run(address, { environment: 'lonely', ...given }))).toMatch(says);
  const registry = await looking(address);
  const names = await Array.fromAsync(registry.models({}), ({ name }) => name);
  expect(names.sort()).toEqual(['gpt-custom', 'passmuster.gpt-custom']);
  expect(await historyOf(address, 'lonely')).toEqual([]);
});

test('a server that cannot list versions can have no ledger, and is told nothing to write', async () => {
  const { registry, asked } = await servingGitlab();
  await registered([], 'none');
  const given = { model: 'm', version: '1.0.0', alias: 'live', gates: 'accuracy > 0' };
  const problems = await problemsOf(run('', given, { openRegistry: async () => registry }));
  expect(problems).toMatch(/search for versions/);
  expect(
    asked.filter(({ method, json }) => method !== 'GET' && Object.keys(json).length > 0),
  ).toEqual([]);
});
