import type { Clock } from '@passmuster/core/clock.ts';
import { InputError, PassmusterError } from '@passmuster/core/errors.ts';
import type { Forge } from '@passmuster/core/forge.ts';
import type { WorkflowRun } from '@passmuster/core/host.ts';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Description } from './description.ts';
import { type GithubDouble, type GithubState, githubDouble } from './github-double.ts';

const [OLD, NOW, EVIL] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
];
const POLICY = 'models: {}\n# gepflückt\n';

const STATE: GithubState = {
  token: 'ghs_SECRET',
  permissions: ['contents', 'actions'],
  repositories: {
    'octo-org/model': {
      defaultBranch: 'main',
      refs: {
        'refs/heads/main': NOW,
        'refs/heads/feature/x': OLD,
        'refs/heads/feature/ü x': OLD,
        'refs/heads/a#1%2F+&=?b/c': OLD,
        'refs/heads/refs/tags/v1': NOW,
        'refs/tags/v1': OLD,
        'refs/tags/main': EVIL,
        'refs/heads/lagging': 'e'.repeat(40),
      },
      commits: {
        [OLD]: { 'passmuster.yaml': 'old', 'ml/deep/passmuster.yaml': 'deep' },
        [NOW]: {
          'passmuster.yaml': POLICY,
          'empty.yaml': '',
          'link.yaml': { link: 'passmuster.yaml' },
          'astray.yaml': { link: '../secrets' },
          'folder/file.yaml': 'x',
          sub: { module: 'https://github.com/octo-org/sub' },
          'latin.yaml': new Uint8Array([0xfc]),
          'most.yaml': 'x'.repeat(2 ** 20),
          'more.yaml': 'x'.repeat(2 ** 20 + 1),
          'odd name #1?.yaml': 'odd',
        },
        [EVIL]: { 'passmuster.yaml': 'evil' },
      },
      runs: [
        { id: '17456789012', attempt: '1', status: 'completed' },
        { id: '17456789012', attempt: '2', status: 'in_progress' },
        { id: '17456789012', attempt: '3', status: 'queued' },
        { id: '17456789012', attempt: '4', status: null },
      ],
    },
    'octo-org/empty': { refs: {}, commits: {}, runs: [] },
    'octo-org/hidden': { hidden: true, refs: {}, commits: {}, runs: [] },
  },
};

const RUN: Omit<WorkflowRun, 'server'> = {
  repository: 'octo-org/model',
  id: '17456789012',
  attempt: '1',
};

const { signal } = new AbortController();

/** Answers at once: nothing here is to be asked twice. */
const CLOCK: Clock = {
  now: () => 0,
  elapsed: () => 0,
  sleep: () => Promise.reject(new Error('there is nothing to wait for')),
};

export type OpenForge = (options: { token: string; apiUrl: string; clock: Clock }) => Forge;

/** What every Forge has to do, on a double that may be held against GitHub's own description. */
export function forgeContract(open: OpenForge, described: () => Promise<Description | undefined>) {
  const doubles: GithubDouble[] = [];
  afterEach(() => {
    const violations = doubles.splice(0).flatMap((one) => one.violations);
    expect(violations).toEqual([]);
  });

  async function start(change: Partial<GithubState> = {}, token = STATE.token) {
    const double = await githubDouble({ ...STATE, ...change }, await described());
    onTestFinished(() => double[Symbol.asyncDispose]());
    doubles.push(double);
    const forge = open({ token, apiUrl: double.apiUrl, clock: CLOCK });
    const read = (path: string, ref?: string, repository = 'octo-org/model') =>
      forge.fileAt(repository, path, ref, signal);
    const stateOf = (run: Partial<WorkflowRun>) =>
      forge.runState({ ...RUN, server: double.apiUrl, ...run }, signal);
    return { ...double, read, stateOf };
  }

  const refusal = (work: Promise<unknown>): Promise<PassmusterError> =>
    work.then(
      (value) => expect.fail(`this was no error: ${JSON.stringify(value)}`),
      (error) => {
        expect(error).toBeInstanceOf(PassmusterError);
        expect(JSON.stringify(error.problems)).not.toContain('SECRET');
        return error;
      },
    );

  const hintsOf = (error: PassmusterError): string =>
    error.problems.map(({ hint }) => hint).join('\n');

  describe('a file', () => {
    test('at the default branch, with its commit, by two questions', async () => {
      const { read, asked } = await start();
      expect(await read('passmuster.yaml')).toEqual({ text: POLICY, commit: NOW });
      expect(asked).toHaveLength(2);
    });

    test.each([
      ['main', POLICY, NOW],
      ['refs/heads/main', POLICY, NOW],
      ['refs/tags/main', 'evil', EVIL],
      ['feature/x', 'old', OLD],
      ['feature/ü x', 'old', OLD],
      ['refs/heads/feature/ü x', 'old', OLD],
      ['a#1%2F+&=?b/c', 'old', OLD],
      ['refs/heads/refs/tags/v1', POLICY, NOW],
      ['refs/tags/v1', 'old', OLD],
      [OLD, 'old', OLD],
    ])('at %s', async (ref, text, commit) => {
      const { read, asked } = await start();
      expect(await read('passmuster.yaml', ref)).toEqual({ text, commit });
      expect(asked).toHaveLength(2);
    });

    test.each([
      ['empty.yaml', ''],
      ['link.yaml', POLICY],
      ['odd name #1?.yaml', 'odd'],
      ['most.yaml', 'x'.repeat(2 ** 20)],
    ])('%s', async (path, text) => {
      const { read } = await start();
      expect(await read(path)).toEqual({ text, commit: NOW });
    });

    test('in a folder', async () => {
      const { read } = await start();
      expect(await read('ml/deep/passmuster.yaml', OLD)).toEqual({ text: 'deep', commit: OLD });
    });

    test('is absent only where we may read', async () => {
      const { read } = await start();
      expect(await read('gone.yaml')).toBe('absent');
      expect(await read('folder/gone.yaml', 'main')).toBe('absent');
      expect(await read('passmuster.yaml', undefined, 'octo-org/empty')).toBe('absent');
    });

    test('is not absent because a server does not know its commit yet', async () => {
      const { read } = await start();
      const error = await refusal(read('passmuster.yaml', 'lagging'));
      expect(error.kind).toBe('upstream');
      expect(error.message).toMatch(/404, "No commit found for the ref e/);
    });

    test.each([
      ['astray.yaml', /"astray.yaml" is a link that leads to no file/],
      ['folder', /"folder" is a folder/],
      ['sub', /"sub" is a submodule/],
      ['more.yaml', /"more.yaml" is too large: at most 1,048,576 bytes/],
      ['latin.yaml', /no UTF-8/],
      ['../x', /no path of a file/],
      ['/passmuster.yaml', /no path of a file/],
    ])('%s is none that can be read', async (path, message) => {
      const { read } = await start();
      const error = await refusal(read(path));
      expect(error).toBeInstanceOf(InputError);
      expect(error.message).toMatch(message);
    });

    test.each(['gone', 'v1', 'refs/heads/gone', 'd'.repeat(40)])(
      'at %s, which is not there',
      async (ref) => {
        const { read } = await start();
        const error = await refusal(read('passmuster.yaml', ref));
        expect(error.kind).toBe('upstream');
        expect(error.message).toMatch(/octo-org\/model has no /);
      },
    );
  });

  describe('no access', () => {
    test.each(['octo-org/hidden', 'octo-org/nowhere'])('to %s, whatever the ref', async (name) => {
      const { read } = await start();
      for (const ref of [undefined, 'main', OLD]) {
        const error = await refusal(read('passmuster.yaml', ref, name));
        expect(error.kind).toBe('upstream');
        expect(hintsOf(error)).toContain('`contents: read`');
      }
    });

    test('without `contents: read`', async () => {
      const { read } = await start({ permissions: ['actions'] });
      for (const ref of [undefined, 'main']) {
        const error = await refusal(read('passmuster.yaml', ref));
        expect(error.kind).toBe('upstream');
        expect(hintsOf(error)).toContain('`contents: read`');
      }
    });

    test('with a token that is not accepted', async () => {
      const { read, stateOf } = await start({}, 'ghs_SECRET_of_another');
      for (const work of [read('passmuster.yaml'), stateOf({})]) {
        const error = await refusal(work);
        expect(error.kind).toBe('upstream');
        expect(error.message).toMatch(/does not accept the token/);
      }
    });

    test.each(['', 'ghs_SECRET\n', 'ghs_SECRET x'])('with %j as token', async (token) => {
      const { read, asked } = await start({}, token);
      expect(await refusal(read('passmuster.yaml'))).toBeInstanceOf(InputError);
      expect(asked).toEqual([]);
    });

    test.each(['', 'model', 'octo-org/..', 'a/b/c'])(
      'to %j, which is no repository',
      async (name) => {
        const { read, asked } = await start();
        expect(await refusal(read('passmuster.yaml', undefined, name))).toBeInstanceOf(InputError);
        expect(asked).toEqual([]);
      },
    );
  });

  describe('a run', () => {
    test.each([
      ['1', 'finished'],
      ['2', 'running'],
      ['3', 'running'],
      ['4', 'running'],
      ['5', 'unknown'],
    ])('attempt %s is %s', async (attempt, state) => {
      const { stateOf, asked } = await start();
      expect(await stateOf({ attempt })).toBe(state);
      expect(asked).toHaveLength(1);
    });

    test.each([{ id: '1' }, { repository: 'octo-org/hidden' }, { repository: 'octo-org/nowhere' }])(
      'that GitHub does not tell us of is unknown: %j',
      async (run) => {
        const { stateOf } = await start();
        expect(await stateOf(run)).toBe('unknown');
      },
    );

    test('without `actions: read` is unknown', async () => {
      const { stateOf } = await start({ permissions: ['contents'] });
      expect(await stateOf({})).toBe('unknown');
    });

    test.each([
      { server: 'https://github.com' },
      { repository: '../../user' },
      { id: '1/../2' },
      { attempt: '' },
    ])('that is none of this server’s is unknown, and is not asked for: %j', async (run) => {
      const { stateOf, asked } = await start();
      expect(await stateOf(run)).toBe('unknown');
      expect(asked).toEqual([]);
    });
  });
}
