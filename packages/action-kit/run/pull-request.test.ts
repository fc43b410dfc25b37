import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { thisHost } from './host.ts';

/** As much of GitHub's event as matters, and some of what does not. */
const event = (ref: unknown = 'main', number: unknown = 7): string =>
  JSON.stringify({
    action: 'synchronize',
    number: 7,
    pull_request: {
      ...{ number, title: 'x', body: 'base: { ref: evil }', merged: false },
      base: { ref, sha: 'b'.repeat(40), repo: { full_name: 'acme/models' } },
      head: { ref: 'patch', repo: { full_name: 'mallory/models', fork: true } },
    },
  });

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'passmuster-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

function written(content: string | Uint8Array): string {
  const path = join(folder(), 'event.json');
  writeFileSync(path, content);
  return path;
}

type Variables = Readonly<Record<string, string | undefined>>;

const variables = (eventFile: string, change: Variables = {}): Variables => ({
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_EVENT_PATH: eventFile,
  GITHUB_BASE_REF: 'main',
  ...change,
});

const pullRequest = (content: string | Uint8Array, change: Variables = {}) =>
  thisHost(variables(written(content), change)).pullRequest();

async function problemsOf(asked: Promise<unknown>): Promise<string> {
  const error = await asked.then(
    (value) => expect.fail(`this was no error: ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) throw error;
  const [first] = error.problems;
  expect(first?.message).toMatch(/one for a pull request.*cannot be read/);
  expect(first?.hint).toContain('GITHUB_EVENT_PATH');
  return error.problems
    .slice(1)
    .map(({ message }) => message)
    .join('\n');
}

test.each(['pull_request', 'pull_request_target'])('a run on %s', async (name) => {
  expect(await pullRequest(event(), { GITHUB_EVENT_NAME: name })).toEqual({
    number: 7,
    base: 'main',
  });
});

test.each(['feature/ü x', 'refs/tags/v1', 'a'.repeat(40), '-x', '..', '`x`'])(
  'a branch may be called %s',
  async (ref) => {
    const found = await pullRequest(event(ref), { GITHUB_BASE_REF: ref });
    expect(found).toEqual({ number: 7, base: ref });
  },
);

test.each<[string, Variables]>([
  ['on push', { GITHUB_EVENT_NAME: 'push' }],
  ['on a comment', { GITHUB_EVENT_NAME: 'issue_comment' }],
  ['on nothing that is said', { GITHUB_EVENT_NAME: undefined }],
  ['outside of GitHub', { GITHUB_ACTIONS: undefined }],
])('a run %s is about none, and no file is read', async (_, change) => {
  const nowhere = variables('/nowhere/event.json', change);
  expect(await thisHost(nowhere).pullRequest()).toBeUndefined();
});

test('nothing is read before somebody asks', () => {
  expect(() => thisHost(variables('/nowhere/event.json'))).not.toThrow();
});

test.each<[string, string | Uint8Array, RegExp]>([
  ['empty', '', /not JSON: found the end of the file/],
  ['cut short', event().slice(0, 60), /closing quote|end of the file/],
  ['no UTF-8', new Uint8Array([0x7b, 0xfc, 0x7d]), /no UTF-8/],
  ['of a key twice', '{"pull_request":{},"pull_request":{}}', /written twice/],
  ['a list', '[]', /`pull_request.base.ref` is not there/],
  ['of another event', '{"ref":"refs/heads/main"}', /`pull_request.base.ref` is not there/],
  ['one whose parts are texts', '{"pull_request":"7"}', /`pull_request.base.ref` is not there/],
  ['without a branch', event(''), /`pull_request.base.ref` is an empty text/],
  ['with a list as branch', event(['main']), /`pull_request.base.ref` is a list/],
  [
    'without a number',
    '{"pull_request":{"base":{"ref":"main"}}}',
    /`pull_request.number` is not t/,
  ],
  ['of number 0', event('main', 0), /`pull_request.number` is 0/],
  ['of a number with a fraction', event('main', 7.5), /`pull_request.number` is 7.5/],
  ['of a number below 0', event('main', -7), /`pull_request.number` is -7/],
  ['of a text as number', event('main', '7'), /`pull_request.number` is "7"/],
  ['of another branch', event('loose'), /goes into "loose", and GITHUB_BASE_REF is "main"/],
])('an event that is %s is an error', async (_, content, says) => {
  expect(await problemsOf(pullRequest(content))).toMatch(says);
});

test.each<[string, (path: string) => string, RegExp]>([
  ['is not named', () => '', /GITHUB_EVENT_PATH is not set/],
  ['is not there', (path) => join(path, 'gone'), /cannot be read \(ENOENT\)/],
  ['is a folder', (path) => path, /is no file|EISDIR/],
])('an event whose file %s is an error', async (_, place, says) => {
  const asked = thisHost(variables(place(folder()))).pullRequest();
  expect(await problemsOf(asked)).toMatch(says);
});

test.runIf(process.platform === 'linux')('a pipe in its place is not waited for', async () => {
  const pipe = join(folder(), 'event.json');
  execFileSync('mkfifo', [pipe]);
  expect(await problemsOf(thisHost(variables(pipe)).pullRequest())).toMatch(/is no file/);
});

test('a file that is larger than any event is not read', async () => {
  const path = written('{}');
  truncateSync(path, 25_000_001);
  const said = await problemsOf(thisHost(variables(path)).pullRequest());
  expect(said).toMatch(/more than 25000000 bytes/);
});

test('without GITHUB_BASE_REF the file alone does not say which branch judges', async () => {
  const said = await problemsOf(pullRequest(event(), { GITHUB_BASE_REF: undefined }));
  expect(said).toMatch(/GITHUB_BASE_REF is an empty text/);
});

const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) > 0;

test('whatever is in the file, it is a number and the branch of the variable, or an error', async () => {
  const path = written('');
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.json().map((text) => event(JSON.parse(text))),
    fc.json().map((text) => event('main', JSON.parse(text))),
    fc.tuple(fc.nat(event().length), fc.string({ maxLength: 3 })).map(([cut, by]) => {
      return event().slice(0, cut) + by + event().slice(cut + by.length);
    }),
  );
  const property = fc.asyncProperty(hostile, async (content) => {
    writeFileSync(path, content);
    const found = await thisHost(variables(path))
      .pullRequest()
      .catch((error: unknown) => error);
    if (found instanceof InputError) return;
    expect(found).toEqual({ number: expect.toSatisfy(isCount), base: 'main' });
  });
  await fc.assert(property, rounds(2000));
});
