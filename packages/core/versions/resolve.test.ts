import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError, type Problem } from '../errors.ts';
import { RegistryError } from '../registry/error.ts';
import { looked, MODEL, type Script, SOME } from './looked.fixture.ts';
import { resolveSelector } from './resolve.ts';

async function refused(script: Script, selector: string): Promise<Problem> {
  try {
    await resolveSelector(looked(script).looked, selector);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [problem, ...more] = error.problems;
    expect(more).toEqual([]);
    if (problem) return problem;
  }
  throw new Error(`${selector} was resolved`);
}

const text = ({ message, hint }: Problem) => [message, hint].filter(Boolean).join(' ');

test.each<[string, string, string[]]>([
  ['v1.1.0', '2', ['versions passmuster.version,v1.1.0']],
  ['1.1.0', '2', ['versions passmuster.version,v1.1.0']],
  ['semver:1.1.0', '2', ['versions passmuster.version,v1.1.0']],
  ['abc123f', '9', ['versions passmuster.version,abc123f']],
  ['2', '2', ['version 2']],
  ['number:2', '2', ['version 2']],
  ['@champion', '9', ['alias champion']],
  ['alias:champion', '9', ['alias champion']],
  ['Staging', '2', ['versions']],
  ['stage:Production', '9', ['versions']],
  ['run:r2', '2', ['versions run=r2']],
  ['latest', '10', ['versions newest 1']],
])('%s is number %s, in one request', async (selector, number, asked) => {
  const { looked: at, requests } = looked(SOME);
  expect((await resolveSelector(at, selector)).number).toBe(number);
  expect(requests).toEqual(asked);
});

const WAYS =
  'There are `@champion` (number 9), `@candidate` (number 10), `@gone` (number 5), `Production` (number 9), `Staging` (number 2), `Archived` (number 1), `10` (v2.0.0), `9` (abc123f), `2` (v1.1.0), `1` (v1.0.0).';

test.each([
  ['v3.0.0', '`gpt-custom` has no version `v3.0.0`.', `Did you mean \`v2.0.0\`? ${WAYS}`],
  ['77', '`gpt-custom` has no version `77`.', WAYS],
  ['champion', '`gpt-custom` has no version `champion`.', `Did you mean \`@champion\`? ${WAYS}`],
  ['staging', '`gpt-custom` has no version `staging`.', `Did you mean \`Staging\`? ${WAYS}`],
  ['@champoin', '`gpt-custom` has no version `@champoin`.', `Did you mean \`@champion\`? ${WAYS}`],
  ['run:nothing-like-it', '`gpt-custom` has no version `run:nothing-like-it`.', WAYS],
  [
    '@gone',
    '`gpt-custom` has no version `@gone`. The alias points at number 5, which is not there any more.',
    WAYS,
  ],
])('%s is unknown, and what there is is told', async (selector, message, hint) => {
  expect(await refused(SOME, selector)).toEqual({ message, hint });
});

test('what is refused without asking asks nothing', async () => {
  const { looked: at, requests } = looked(SOME);
  await expect(resolveSelector(at, 'v1.2')).rejects.toThrow(
    'The version "v1.2" looks like a version, but has not three numbers between dots, as `v1.2.0` has.',
  );
  expect(requests).toEqual([]);
});

test('several versions of a stage or a run are an error that names them', async () => {
  const script: Script = {
    versions: ['1', '2', '3'].map((number) => ({ number, stage: 'Production', run: 'r' })),
  };
  expect(await refused(script, 'Production')).toEqual({
    message: '`Production` is 3 versions, the numbers 1, 2 and 3; expected one.',
    hint: 'Write the number of the one that is meant.',
  });
  expect((await refused(script, 'run:r')).message).toMatch(/`run:r` is 3 versions/);
});

test('two meanings that both exist are an error that says how to write each', async () => {
  const both: Script = { versions: [{ number: '1234567' }, { number: '2', name: '1234567' }] };
  expect(await refused(both, '1234567')).toEqual({
    message: '`1234567` has 2 meanings here: commit (number 2), number (number 1234567).',
    hint: 'Write `commit:1234567` or `number:1234567`.',
  });
  const numberOf = async (script: Script, selector: string) =>
    (await resolveSelector(looked(script).looked, selector)).number;
  expect(await numberOf(both, 'commit:1234567')).toBe('2');
  expect(await numberOf(both, 'number:1234567')).toBe('1234567');
  const same: Script = { versions: [{ number: '1234567', name: '1234567' }] };
  expect(await numberOf(same, '1234567')).toBe('1234567');
});

test('a name counts only with its sealed ticket', async () => {
  const lying = { number: '4', name: 'v1.0.0', sealed: 'disagrees' } as const;
  const unsealed = { number: '5', name: 'v1.0.0', sealed: 'unsealed' } as const;
  expect(text(await refused({ versions: [lying] }, 'v1.0.0'))).toBe(
    'No version is proven to be `v1.0.0`: the tags of number 4 say so, but disagree with what was sealed in the ledger. Write the number of the version that is meant, and find out who changed the tags.',
  );
  expect(text(await refused({ versions: [unsealed] }, 'v1.0.0'))).toBe(
    'No version is proven to be `v1.0.0`: number 5 only has the tags, and no sealed ticket in the ledger. `register` with this version can adopt it; until then write its number, `5`.',
  );
  expect(text(await refused({ versions: [lying, unsealed] }, 'v1.0.0'))).toMatch(
    /number 4 .* number 5/,
  );
  const versions = [lying, { number: '3', name: 'v1.0.0' }, unsealed];
  expect((await resolveSelector(looked({ versions }).looked, 'v1.0.0')).number).toBe('3');
  expect((await resolveSelector(looked({ versions }).looked, '4')).number).toBe('4');
});

test.each(['v1.1.0', 'run:r2'])(
  '%s is found where the server heeds no filter',
  async (selector) => {
    const { looked: at } = looked({ ...SOME, heedless: true });
    expect((await resolveSelector(at, selector)).number).toBe('2');
  },
);

test('latest is the highest number, whatever order a server that does not count sends', async () => {
  const versions = ['1.9.0', '1.10.0', '1.2.0'].map((number) => ({ number }));
  expect((await resolveSelector(looked({ versions }).looked, 'latest')).number).toBe('1.10.0');
});

test('where names cannot be searched for, a text may still be a number', async () => {
  const script: Script = {
    versions: [{ number: '1.2.0' }],
    lacks: ['version-search', 'tags', 'aliases', 'stages'],
  };
  const { looked: at, requests } = looked(script);
  expect((await resolveSelector(at, '1.2.0')).number).toBe('1.2.0');
  expect(requests).toEqual(['versions passmuster.version,v1.2.0', 'version 1.2.0']);
});

test('what the server lacks is said', async () => {
  const lacks = ['version-search', 'tags', 'aliases', 'stages'] as const;
  const script: Script = { versions: [{ number: '1.2.0' }], lacks };
  const says = async (selector: string) => (await refused(script, selector)).message;
  expect((await refused(script, 'v1.2.0')).hint).toMatch(/^Write the number .* after `number:`\.$/);
  expect(await says('v1.2.0')).toMatch(/cannot look for a version by its tags/);
  expect(await says('@champion')).toMatch(/ The registry has no aliases\.$/);
  expect(await says('run:r')).toMatch(/cannot look for a version by its run/);
  expect(await says('latest')).toMatch(/cannot list its versions/);
  const stageless: Script = { ...SOME, lacks: ['stages'] };
  expect((await refused(stageless, 'Canary')).message).toMatch(/The registry has no stages/);
});

test('a model that is not there is told with those that are', async () => {
  const script = (...models: string[]) => ({ models: [...models, 'passmuster.gpt-custom'] });
  expect(await refused(script('bert', 'gpt-costum'), '7')).toEqual({
    message: 'There is no model `gpt-custom` in the registry https://mlflow.example.com.',
    hint: 'Did you mean `gpt-costum`?',
  });
  expect((await refused(script('bert', 't5'), '7')).hint).toBe('There are `bert`, `t5`.');
  expect((await refused(script(), '7')).hint).toMatch(/shows no model;/);
  expect((await refused({}, 'latest')).hint).toBe('It has no versions yet; `register` makes one.');
});

const failure = (reason: 'missing' | 'refused' | 'unreachable') =>
  new RegistryError({ reason, effect: 'none' }, { message: reason });

test('a server that fails is no "not found", but one that counts may refuse another text', async () => {
  const fails = (call: string, error: Error) => looked({ ...SOME, fails: { call, error } }).looked;
  const error = failure('unreachable');
  await expect(resolveSelector(fails('version 7', error), '7')).rejects.toBe(error);
  await expect(resolveSelector(fails('model', error), '7')).rejects.toBe(error);
  const refusal = failure('refused');
  await expect(resolveSelector(fails('version 7', refusal), '7')).rejects.toBe(refusal);
  await expect(resolveSelector(fails('version x', refusal), 'number:x')).rejects.toThrow(
    '`gpt-custom` has no version `number:x`.',
  );
});

test('what the registry holds never makes a message unsafe', async () => {
  const hostile = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, async (name, stage, alias) => {
      const versions = [{ number: '1', name, stage }];
      const script: Script = { versions, aliases: { [alias]: '1' }, models: [MODEL] };
      expect(text(await refused(script, '@not-there-at-all'))).not.toMatch(/[\p{C}\u2028\u2029]/u);
    }),
  );
});
