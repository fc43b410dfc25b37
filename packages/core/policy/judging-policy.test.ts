import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { InputError, PassmusterError } from '../errors.ts';
import type { Files, FoundFile } from '../files.ts';
import { forgeThat } from '../forge.fixture.ts';
import type { FileAtRef } from '../forge.ts';
import type { Host, PullRequest, WorkflowRun } from '../host.ts';
import { judgingPolicy } from './judging-policy.ts';
import { registryOf } from './registry-of.ts';

const STRICT = `registry: https://mlflow.example.com
models: { m: { gates: [accuracy >= 0.9], evaluations: ["eval/*.json"] } }
`;
const BENT = `registry: https://evil.example
models: { m: { gates: [accuracy >= 0.1], evaluations: ["mine/*.json"] } }
`;
const USUAL = 'passmuster.yaml';

const RUN: WorkflowRun = {
  ...{ server: 'https://github.com', repository: 'acme/models' },
  ...{ id: '7', attempt: '1' },
};

const PULL: PullRequest = { number: 7, base: 'main' };

const host = (isJob: boolean, pull?: PullRequest | Error): Host => ({
  actor: 'ann',
  ...(isJob && { run: RUN }),
  isJob,
  attended: false,
  pullRequest: async () => {
    if (pull instanceof Error) throw pull;
    return pull;
  },
  hasEnded: async () => false,
  random: () => '',
});

type Kept = string | Uint8Array | { readonly link: string } | { readonly refused: string };

/** A work tree in memory, and what of it was read. */
function workTree(kept: Readonly<Record<string, Kept>>) {
  const asked: string[] = [];
  const paths = Object.keys(kept);
  const isRefused = (path: string) => typeof kept[path] === 'object' && 'refused' in kept[path];
  const content = (path: string): Uint8Array | undefined => {
    asked.push(path);
    const one = kept[path];
    if (one === undefined) return undefined;
    if (typeof one === 'string') return Buffer.from(one);
    if ('link' in one) return content(one.link);
    return 'refused' in one ? undefined : one;
  };
  const found = (path: string): FoundFile => {
    const one = kept[path];
    const isLink = typeof one === 'object' && 'link' in one;
    return { path, size: 1, identity: path, ...(isLink && { isLink }) };
  };
  const files: Partial<Files> = {
    survey: async (_, skip) => {
      const parts = (path: string) =>
        path.split('/').map((__, index, names) => names.slice(0, index + 1).join('/'));
      const seen = paths.filter((path) => !parts(path).some(skip));
      const refused = seen.filter(isRefused).map((path) => ({ path, reason: 'is a pipe' }));
      return { files: seen.filter((path) => !isRefused(path)).map(found), refused };
    },
    read: async (path) => content(path),
    readFound: async (_, { path }) => content(path) ?? { refused: 'was removed' },
  };
  return { files: files as Files, asked };
}

function forgeWith(file: FileAtRef | Error) {
  const asked: unknown[] = [];
  const forge = forgeThat({
    fileAt: async (...[repository, path, ref]) => {
      asked.push([repository, path, ref]);
      if (file instanceof Error) throw file;
      return file;
    },
  });
  return { forge, asked };
}

interface World {
  readonly onBranch: FileAtRef | Error;
  readonly tree?: Readonly<Record<string, Kept>>;
  readonly pull?: PullRequest | Error;
  readonly config?: string;
  readonly token?: boolean;
}

const { signal } = new AbortController();

async function judging({ onBranch, tree = {}, pull = PULL, config = USUAL, token = true }: World) {
  const { forge, asked } = forgeWith(onBranch);
  const { files, asked: read } = workTree(tree);
  const ports = { forge: token ? forge : undefined, files, host: host(true, pull) };
  return { judges: await judgingPolicy(ports, config, signal), asked, read };
}

const refusal = async (world: World): Promise<PassmusterError> => {
  const error = await judging(world).then(
    ({ judges }) => expect.fail(`this was no error: ${judges.said}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof PassmusterError) return error;
  throw error;
};

const strict: FileAtRef = { text: STRICT, commit: 'abc123f' };

test('a pull request is judged by the base branch, and what it proposes is told apart', async () => {
  const { judges, asked } = await judging({ onBranch: strict, tree: { [USUAL]: BENT } });
  expect(judges).toMatchObject({
    ...{ from: 'base-branch', commit: 'abc123f', inForce: true, remarks: [] },
    said: 'The policy is `passmuster.yaml` of the base branch `main` of `acme/models`, at commit `abc123f`.',
    proposed: { is: 'policy' },
  });
  expect(asked).toEqual([['acme/models', USUAL, 'refs/heads/main']]);
  const { gates, evaluations } = judges.policy?.models.get('m') ?? {};
  expect(gates?.map(({ text }) => text)).toEqual(['accuracy >= 0.9']);
  expect(evaluations).toEqual(['eval/*.json']);
  expect(registryOf(judges)).toMatchObject({
    value: 'https://mlflow.example.com',
    trusted: true,
  });
  const proposed = judges.proposed?.is === 'policy' ? judges.proposed.policy : undefined;
  expect(proposed?.models.get('m')?.gates[0]).toMatchObject({ text: 'accuracy >= 0.1' });
});

test.each([
  ['feature/ü x', 'refs/heads/feature/ü x'],
  ['refs/tags/v1', 'refs/heads/refs/tags/v1'],
  ['a'.repeat(40), `refs/heads/${'a'.repeat(40)}`],
])('the base branch %s is asked for in full', async (ref, asked) => {
  const pull = { number: 7, base: ref };
  const world = await judging({ onBranch: strict, tree: { [USUAL]: STRICT }, pull });
  expect(world.asked).toEqual([['acme/models', USUAL, asked]]);
  expect(world.judges.said).toContain(`the base branch \`${ref}\` of`);
});

test('a path in a folder is that of the repository, and of the work tree', async () => {
  const tree = { 'ml/p.yaml': BENT, [USUAL]: 'not this one', 'ml/x': 'nor this one' };
  const world = await judging({ onBranch: strict, tree, config: './ml/p.yaml' });
  expect(world.asked).toEqual([['acme/models', 'ml/p.yaml', 'refs/heads/main']]);
  expect(world.read).toEqual(['ml/p.yaml']);
  expect(world.judges.proposed?.is).toBe('policy');
});

test('a pull request that removes the policy is judged by it, and that is said', async () => {
  const { judges } = await judging({ onBranch: strict });
  expect(judges).toMatchObject({ from: 'base-branch', inForce: true, proposed: { is: 'absent' } });
  expect(judges.remarks.map(({ message }) => message)).toEqual([
    'The pull request removes `passmuster.yaml`, or the job did not check it out.',
  ]);
});

test.each<[string, Kept, RegExp]>([
  ['is no policy', 'model: {}', /`model` is not a key/],
  ['is no YAML', 'models: {', /not YAML/],
  ['is no text', new Uint8Array([0xfc]), /no UTF-8/],
  ['is a link to a secret', { link: '.git/config' }, /"passmuster.yaml" is a link, which is not f/],
  ['is a pipe', { refused: 'is a pipe' }, /"passmuster.yaml" is a pipe/],
])('a proposal that %s is said, and judges nothing', async (_, kept, says) => {
  const tree = { [USUAL]: kept, '.git/config': 'SECRET' };
  const { judges, read } = await judging({ onBranch: strict, tree });
  expect(judges).toMatchObject({ from: 'base-branch', inForce: true, commit: 'abc123f' });
  expect(judges.proposed?.is).toBe('unusable');
  const [first, ...more] = judges.remarks;
  expect(first?.message).toMatch(/cannot be used; the policy in force judges all the same/);
  expect(more.map(({ message }) => message).join('\n')).toMatch(says);
  expect(more.every(({ place }) => place?.file === USUAL)).toBe(true);
  expect(JSON.stringify(judges)).not.toContain('SECRET');
  expect(read).not.toContain('.git/config');
});

test('where the base branch has none, the pull request’s own judges and is not in force', async () => {
  const tree = { [USUAL]: BENT };
  const { judges, asked } = await judging({ onBranch: 'absent', tree });
  expect(judges).toMatchObject({
    ...{ from: 'pull-request', inForce: false, proposed: { is: 'policy' } },
    said: 'There is no `passmuster.yaml` on the base branch `main` of `acme/models` yet: that of the pull request judges, and is not yet in force.',
  });
  expect(judges.policy?.models.get('m')?.gates[0]?.text).toBe('accuracy >= 0.1');
  expect(asked).toHaveLength(1);
});

test('the address in the pull request’s own policy is not used, and that is said', async () => {
  const address = await judging({ onBranch: 'absent', tree: { [USUAL]: BENT } });
  expect(registryOf(address.judges)).toBeUndefined();
  expect(address.judges.remarks.map(({ message }) => message)).toEqual([
    '`registry` in the `passmuster.yaml` of the pull request is not used.',
  ]);
  const none = await judging({ onBranch: 'absent', tree: { [USUAL]: 'models: {}' } });
  expect(none.judges.remarks).toEqual([]);
});

test.each<[string, Kept, RegExp]>([
  ['is no policy', 'model: {}', /`model` is not a key/],
  ['is a link', { link: '.git/config' }, /is a link/],
  ['is a pipe', { refused: 'is a pipe' }, /is a pipe/],
])('where the base branch has none, an own policy that %s is an error', async (_, kept, says) => {
  const error = await refusal({ onBranch: 'absent', tree: { [USUAL]: kept, '.git/config': 'x' } });
  expect(error).toBeInstanceOf(InputError);
  expect(error.message).toMatch(says);
  expect(error.problems[0]?.place?.file).toBe(USUAL);
});

test('where neither has one, that is said, unless somebody named it', async () => {
  const { judges } = await judging({ onBranch: 'absent' });
  expect(judges).toMatchObject({
    ...{ from: 'none', inForce: true, remarks: [], proposed: { is: 'absent' } },
    said: 'No policy is in force: the base branch `main` of `acme/models` has no `passmuster.yaml`, and neither has the pull request.',
  });
  expect(registryOf(judges)).toBeUndefined();
  const named = await refusal({ onBranch: 'absent', config: 'other.yaml' });
  expect(named.message).toMatch(/"other.yaml" is not there/);
});

const broken = new PassmusterError('upstream', [{ message: 'GitHub does not answer.' }]);

test.each<[string, Partial<World>, RegExp]>([
  ['cannot be read', { onBranch: broken }, /GitHub does not answer/],
  ['is none', { onBranch: { text: 'model: {}', commit: 'a' } }, /`model` is not a key/],
  ['may not be asked for', { token: false }, /read from the base branch `main`, and there is no t/],
  ['has a path that is none', { config: '../p.yaml' }, /^`config` is .* in the repository/],
  ['is that of nobody knows which pull request', { pull: new InputError('no event') }, /no event/],
])('a base policy that %s is an error, whatever the work tree holds', async (_, change, says) => {
  const error = await refusal({ onBranch: strict, tree: { [USUAL]: BENT }, ...change });
  expect(error.message).toMatch(says);
});

test('without a token, the lines to add are named', async () => {
  const { problems } = await refusal({ onBranch: strict, token: false });
  expect(problems[0]?.hint).toMatch(/`GITHUB_TOKEN: \$\{\{ github\.token \}\}` to the `env:`/);
  expect(problems[0]?.hint).toContain('`contents: read` under `permissions:`');
});

test('in a job for no pull request it is the default branch’s', async () => {
  const { forge, asked } = forgeWith(strict);
  const { files, asked: read } = workTree({ [USUAL]: BENT });
  const judges = await judgingPolicy({ forge, files, host: host(true) }, USUAL, signal);
  expect(judges).toMatchObject({ from: 'default-branch', inForce: true, remarks: [] });
  expect(judges).not.toHaveProperty('proposed');
  expect(asked).toEqual([['acme/models', USUAL, undefined]]);
  expect(read).toEqual([]);
});

test('in a terminal it is the file at hand, which says so and gets no credentials', async () => {
  const { files } = workTree({ [USUAL]: BENT });
  const ports = { forge: undefined, files, host: host(false) };
  const judges = await judgingPolicy(ports, USUAL, signal);
  expect(judges).toMatchObject({ from: 'file', inForce: true, remarks: [] });
  expect(judges.said).toBe('The policy is the file at hand, `passmuster.yaml`.');
  expect(registryOf(judges)).toMatchObject({ value: 'https://evil.example', trusted: false });
});

test('whatever a pull request puts there, the base judges and says where it came from', async () => {
  const bytes = fc.oneof(fc.uint8Array(), fc.string({ unit: 'binary' }), fc.json());
  const property = fc.asyncProperty(bytes, async (content) => {
    const { judges } = await judging({ onBranch: strict, tree: { [USUAL]: content } });
    expect(judges).toMatchObject({ from: 'base-branch', commit: 'abc123f', inForce: true });
    expect(judges.policy?.models.get('m')?.gates[0]?.text).toBe('accuracy >= 0.9');
    expect(registryOf(judges)?.value).toBe('https://mlflow.example.com');
    const said = judges.remarks.map(({ message, hint = '' }) => message + hint).join('');
    expect(said).not.toMatch(/[\p{C}\u2028\u2029]/u);
  });
  await fc.assert(property, rounds(1000));
});
