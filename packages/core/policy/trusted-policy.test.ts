import { expect, test } from 'vitest';
import { InputError, PassmusterError } from '../errors.ts';
import type { Files } from '../files.ts';
import { forgeThat } from '../forge.fixture.ts';
import type { FileAtRef, Forge } from '../forge.ts';
import type { Host, WorkflowRun } from '../host.ts';
import { policyFor } from './trusted-policy.ts';

const STRICT = 'models: { m: { versioning: commit } }';
const BENT = 'models: { m: { versioning: timestamp } }';

const RUN: WorkflowRun = {
  server: 'https://github.com',
  repository: 'acme/models',
  id: '7',
  attempt: '1',
};

const host = (run?: WorkflowRun): Host => ({
  actor: 'ann',
  ...(run && { run }),
  isJob: run !== undefined,
  attended: false,
  pullRequest: async () => undefined,
  hasEnded: () => Promise.resolve(false),
  random: () => '',
});

/** The work tree, as far as it is asked for. */
function workTree(content: Record<string, string>): { files: Files; asked: string[] } {
  const asked: string[] = [];
  const read = (path: string) => {
    asked.push(path);
    const text = content[path];
    return Promise.resolve(text === undefined ? undefined : Buffer.from(text));
  };
  const survey = () => Promise.resolve({ files: [], refused: [] });
  return { files: { read, survey } as Partial<Files> as Files, asked };
}

function forgeWith(file: FileAtRef | Error): { forge: Forge; asked: unknown[] } {
  const asked: unknown[] = [];
  const forge = forgeThat({
    fileAt: (...[repository, path, ref]) => {
      asked.push([repository, path, ref]);
      return file instanceof Error ? Promise.reject(file) : Promise.resolve(file);
    },
  });
  return { forge, asked };
}

const { signal } = new AbortController();

test.each(['passmuster.yaml', './passmuster.yaml', './/passmuster.yaml'])(
  'in a workflow run, %s is that of the default branch',
  async (config) => {
    const { forge, asked } = forgeWith({ text: STRICT, commit: 'abc123f' });
    const { files, asked: read } = workTree({ 'passmuster.yaml': BENT });
    const trusted = await policyFor({ forge, files, host: host(RUN) }, config, signal);
    expect(trusted).toMatchObject({
      from: 'default-branch',
      commit: 'abc123f',
      said: 'The policy is `passmuster.yaml` of the default branch of `acme/models`, at commit `abc123f`.',
    });
    expect(trusted.policy?.models.get('m')?.versioning).toBe('commit');
    expect(trusted.policy?.file).toBe('passmuster.yaml');
    expect(asked).toEqual([['acme/models', 'passmuster.yaml', undefined]]);
    expect(read).toEqual([]);
  },
);

test('in a workflow run, none there is none, whatever the work tree holds', async () => {
  const { forge } = forgeWith('absent');
  const { files, asked } = workTree({ 'passmuster.yaml': BENT });
  expect(await policyFor({ forge, files, host: host(RUN) }, 'passmuster.yaml', signal)).toEqual({
    from: 'none',
    said: 'No policy is in force: the default branch of `acme/models` has no `passmuster.yaml`, and one in the work tree does not count.',
  });
  expect(asked).toEqual([]);
});

test('in a workflow run, what cannot be read is an error', async () => {
  const { files } = workTree({ 'passmuster.yaml': BENT });
  const broken = new PassmusterError('upstream', [{ message: 'GitHub does not answer.' }]);
  const { forge } = forgeWith(broken);
  const failing = { forge, files, host: host(RUN) };
  await expect(policyFor(failing, 'passmuster.yaml', signal)).rejects.toBe(broken);
  const without = { forge: undefined, files, host: host(RUN) };
  await expect(policyFor(without, 'passmuster.yaml', signal)).rejects.toThrow(/there is no token/);
  const unsound = { ...failing, forge: forgeWith({ text: 'model: {}', commit: 'a' }).forge };
  await expect(policyFor(unsound, 'passmuster.yaml', signal)).rejects.toThrow(InputError);
});

test.each([
  '../passmuster.yaml',
  'a/../../b',
  '/etc/passmuster.yaml',
  'C:/p.yaml',
  'a\\b',
  '',
  './',
])('in a workflow run, %j is refused, and nothing is asked', async (config) => {
  const { forge, asked } = forgeWith('absent');
  const ports = { forge, files: workTree({}).files, host: host(RUN) };
  await expect(policyFor(ports, config, signal)).rejects.toThrow(/^`config` is .* in the repo/);
  expect(asked).toEqual([]);
});

test('in a terminal it is the file at hand, and that is said', async () => {
  const { forge, asked } = forgeWith({ text: BENT, commit: 'abc123f' });
  const { files } = workTree({ '../p.yaml': STRICT });
  const trusted = await policyFor({ forge, files, host: host() }, '../p.yaml', signal);
  expect(trusted).toMatchObject({
    from: 'file',
    said: 'The policy is the file at hand, `../p.yaml`.',
  });
  expect(trusted.policy?.models.get('m')?.versioning).toBe('commit');
  expect(asked).toEqual([]);
});

test('a policy that is named has to be there', async () => {
  const { files } = workTree({});
  const named = policyFor({ forge: undefined, files, host: host() }, 'other.yaml', signal);
  await expect(named).rejects.toThrow(/"other.yaml" is not there/);
  const { forge } = forgeWith('absent');
  const inJob = policyFor({ forge, files, host: host(RUN) }, 'other.yaml', signal);
  await expect(inJob).rejects.toThrow(/"other.yaml" is not there/);
});

test('a policy that is a link elsewhere is not shown to anybody', async () => {
  const { files } = workTree({ 'passmuster.yaml': 'secret' });
  const refused = [{ path: 'passmuster.yaml', reason: 'is a link that leads out' }];
  const linked = { ...files, survey: async () => ({ files: [], refused }) };
  const read = policyFor(
    { forge: undefined, files: linked, host: host() },
    'passmuster.yaml',
    signal,
  );
  await expect(read).rejects.toThrow(/is a link that leads out/);
});

test('in a job whose run cannot be told, the work tree is not read either', async () => {
  const { files, asked } = workTree({ 'passmuster.yaml': BENT });
  const { forge } = forgeWith('absent');
  const odd = { ...host(), isJob: true };
  const read = policyFor({ forge, files, host: odd }, 'passmuster.yaml', signal);
  await expect(read).rejects.toThrow(/do not say of which repository/);
  expect(asked).toEqual([]);
});

test('in a terminal there may be none', async () => {
  const ports = { forge: undefined, files: workTree({}).files, host: host() };
  expect(await policyFor(ports, 'passmuster.yaml', signal)).toEqual({
    from: 'none',
    said: 'No policy is in force: there is no `passmuster.yaml` here.',
  });
});

test('in a terminal, a file that is no policy is an error that names it', async () => {
  const { files } = workTree({ a: 'model: {}' });
  const ports = { forge: undefined, files, host: host() };
  const error = await policyFor(ports, 'a', signal).catch((thrown: unknown) => thrown);
  const [problem] = error instanceof InputError ? error.problems : [];
  expect(problem?.place).toEqual({ file: 'a', line: 1, column: 1 });
});
