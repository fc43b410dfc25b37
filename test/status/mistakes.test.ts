import { expect, test } from 'vitest';
import { MODEL, move } from './moving.fixture.ts';
import { registryWith, run, standingWith } from './running.fixture.ts';

const POLICY = 'environments: { production: { alias: champion } }';

test.each<[string, Record<string, string>, RegExp, RegExp]>([
  ['a model', { model: 'gpt-costum' }, /no model `gpt-costum`/, /Did you mean `gpt-custom`/],
  ['a ledger', { model: `passmuster.${MODEL}` }, /is the name of a ledger/, /gpt-custom|^$/],
  [
    'an environment',
    { model: MODEL, environment: 'prodution' },
    /`environment` is `prodution`, which is no environment in passmuster.yaml/,
    /Did you mean `production`/,
  ],
  ['one of all models', { environment: 'x' }, /nothing was ever moved/, /There are .*`canary`/],
])('%s that is not there is the caller’s error', async (_, given, message, hint) => {
  await standingWith(POLICY);
  const { address } = await registryWith(1, MODEL);
  await move(address, '1', { environment: 'canary' });
  const error = await run(address, given).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ kind: 'input' });
  const [problem] = (error as { problems: { message: string; hint?: string }[] }).problems;
  expect(problem?.message).toMatch(message);
  expect(problem?.hint ?? '').toMatch(hint);
});

test('an environment that only the ledger knows is looked for where its moves have led', async () => {
  await standingWith(POLICY);
  const { address, registry } = await registryWith(2, MODEL);
  await move(address, '1', { environment: 'eu', alias: 'eu-live', stage: 'Staging' });
  const asked = { model: MODEL, environment: 'eu', check: 'true' };
  const ended = await run(address, asked);
  expect(ended.outputs).toEqual({ outcome: 'agrees', disagreements: 0, version: '1' });
  expect(ended.report.models[0]?.environments[0]).toMatchObject({
    alias: 'eu-live',
    stage: 'Staging',
    in_policy: false,
  });
  expect(ended.text).toContain('has no such environment');
  await registry.setAlias(MODEL, 'eu-live', '2');
  expect((await run(address, asked)).result).toBe('refused');
});

test('without a policy an environment is the alias of its name, and any may be asked for', async () => {
  const { address, registry } = await registryWith(2, MODEL);
  await registry.setAlias(MODEL, 'live', '2');
  const asked = { model: MODEL, environment: 'live' };
  expect((await run(address, asked)).outputs.version).toBe('2');
  const none = await run(address, { model: MODEL, environment: 'dead' });
  expect(none.text).toContain('the alias `dead` is not set');
  const alone = await run(address, { model: MODEL });
  expect(alone.text).toContain(
    'no environment is known. The registry has the alias live at number 2.',
  );
});
