import { InputError } from '@passmuster/core/errors.ts';
import { forgeThat } from '@passmuster/core/forge.fixture.ts';
import type { FileAtRef } from '@passmuster/core/forge.ts';
import type { Ports } from '@passmuster/verbs/validate/ports.ts';
import { expect, test } from 'vitest';
import { noRegistry, surroundings } from '../surroundings.ts';
import { run as runAt, standingIn } from './running.fixture.ts';

/** Nobody is to ask a registry before all is right. */
const run = (given: Readonly<Record<string, string>>, ports: Partial<Ports> = {}) =>
  runAt('', given, { openRegistry: noRegistry, ...ports });

const FILES = { 'eval/results.json': '{"accuracy": 0.83}' };
const given = { evaluations: 'eval/results.json' };

test.each<[string, Record<string, string>, string[]]>([
  ['nothing to judge', {}, ['neither `version` nor `evaluations` is given']],
  ['a version of nothing', { version: 'v1.0.0' }, ['`version` is given without `model`']],
  [
    'an environment of nothing',
    { ...given, environment: 'live' },
    ['`environment` is given without'],
  ],
  [
    'a champion that nobody names',
    { ...given, gates: 'accuracy >= champion' },
    ['nothing says which version that is'],
  ],
  [
    'all that is wrong at once',
    { gates: 'accuracy = 1\naccuracy >= champion\nx > 85%' },
    ['There is nothing to judge', 'Found `=`', 'Found `85%`'],
  ],
  [
    'two champions',
    {
      ...{ ...given, model: 'm', champion: '1', 'champion-evaluations': 'eval/results.json' },
      gates: 'accuracy >= champion',
    },
    ['`champion` and `champion-evaluations` are both given'],
  ],
  [
    'selectors that can be none',
    { model: 'm', version: 'v1', champion: 'serial:7' },
    ['`version`: The version "v1" looks like', '`champion`: The version "serial:7" starts with'],
  ],
  [
    'no file',
    { evaluations: 'none/*.json' },
    ['No file fits the pattern "none/*.json" of `evaluations`'],
  ],
  [
    'no file for the champion',
    { ...given, 'champion-evaluations': 'none.json' },
    ['of `champion-evaluations`'],
  ],
])('%s is told before anybody is asked', async (_, asked, says) => {
  await standingIn(FILES);
  const error = await run(asked).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  for (const sentence of says) expect((error as Error).message).toContain(sentence);
});

test('an environment that the policy does not know is told with those that it does', async () => {
  await standingIn({ ...FILES, 'passmuster.yaml': 'environments:\n  production: {}\n' });
  const asking = run({ ...given, model: 'm', environment: 'prodution', gates: 'accuracy > 0' });
  await expect(asking).rejects.toMatchObject({
    problems: [{ hint: 'Did you mean `production`?' }],
  });
});

const WRONG = {
  ...{ model: 'm', version: 'v1', environment: 'prodution' },
  gates: 'accuracy = 1\nloss <= 85%',
};
const OF_INPUTS = ['`version`: The version "v1"', 'Found `=`', 'Found `85%`'];

async function problemsOf(asking: Promise<unknown>): Promise<string[]> {
  const error = await asking.catch((reason: unknown) => reason);
  if (!(error instanceof InputError)) throw error;
  return error.problems.map(({ message }) => message);
}

const starting = (texts: readonly string[]) => texts.map((text) => expect.stringContaining(text));

test('inputs, environment and the gates of both are told in one error', async () => {
  const policy = 'models: { m: { gates: [f1 = 2] } }\nenvironments: { production: {} }\n';
  await standingIn({ 'passmuster.yaml': policy });
  const problems = await problemsOf(run(WRONG));
  const expected = [OF_INPUTS[0], 'no environment in passmuster.yaml', 'Found `=`'];
  expect(problems).toEqual(starting([...expected, ...OF_INPUTS.slice(1)].map(String)));
});

test('what is wrong with the inputs is told first where the policy cannot be used', async () => {
  await standingIn({ 'passmuster.yaml': 'models: { m: { gates: 7 } }' });
  const problems = await problemsOf(run(WRONG));
  expect(problems).toEqual(starting([...OF_INPUTS, 'gates']));
});

/** A job for a pull request, with a forge that answers so. */
function inJob(file: FileAtRef | Error): Pick<Ports, 'host' | 'forge'> {
  const forge = forgeThat({
    fileAt: async () => {
      if (file instanceof Error) throw file;
      return file;
    },
  });
  const of = { server: 'https://github.com', repository: 'acme/models', id: '1', attempt: '1' };
  const host = { isJob: true, run: of, pullRequest: async () => ({ number: 7, base: 'main' }) };
  return { forge, host: { ...surroundings().host, ...host } };
}

test('a bug is no mistake of anybody else', async () => {
  await standingIn(FILES);
  await expect(run(WRONG, inJob(new TypeError('no')))).rejects.toThrow(TypeError);
});

test('in a job without a token, too', async () => {
  await standingIn(FILES);
  const { host } = inJob('absent');
  const problems = await problemsOf(run(WRONG, { host }));
  expect(problems).toEqual(starting([...OF_INPUTS, 'there is no token for that']));
});

const PROPOSED = 'models:\n  m:\n    evaluations: [eval/*.json]\n    gates: [accuracy >= 0.1]\n';

test('files that only a proposal names are no evidence for gates in force', async () => {
  await standingIn({ ...FILES, 'passmuster.yaml': PROPOSED });
  const asked = { model: 'm', gates: 'accuracy >= 0.1' };
  expect(await problemsOf(run(asked, inJob('absent')))).toEqual(
    starting(['There is nothing to judge']),
  );
  const shown = await run({ model: 'm' }, inJob('absent'));
  expect(shown).toMatchObject({ result: 'done', outputs: { verdict: 'inconclusive', failed: '' } });
  expect(shown.report).toMatchObject({ proposed_verdict: 'pass', gates: [{ in_force: false }] });
});
