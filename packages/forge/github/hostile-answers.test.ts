import type { Clock } from '@passmuster/core/clock.ts';
import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Forge } from '@passmuster/core/forge.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { githubForge } from './index.ts';

const CLOCK: Clock = { now: () => 0, elapsed: () => 0, sleep: async () => {} };
const { signal } = new AbortController();
const SHA = 'a'.repeat(40);
const NAME = 'octo-org/model';
const RUN = { server: 'https://github.com', repository: NAME, id: '5', attempt: '1' };

/** A GitHub that says the same to every question. */
function saying(body: unknown, status = 200): Forge {
  const text = JSON.stringify(body);
  return githubForge({
    ...{ token: 'ghs_SECRET', apiUrl: 'https://api.github.com', clock: CLOCK, variables: {} },
    fetch: async (url) => ({
      ...{ url, status, headers: new Map([['content-type', 'application/json']]) },
      text: async () => text,
      arrayBuffer: async () => new TextEncoder().encode(text).buffer,
    }),
  });
}

const QUESTIONS: readonly (readonly [string, (forge: Forge) => Promise<unknown>])[] = [
  ['pullRequestsOf', (forge) => forge.pullRequestsOf(NAME, SHA, signal)],
  ['pullRequest', (forge) => forge.pullRequest(NAME, 7, signal)],
  ['reviews', (forge) => forge.reviews(NAME, 7, signal)],
  ['fileNaming', (forge) => forge.fileNaming(NAME, 7, SHA, ['a:b:c:d'], signal)],
  ['mayWrite', (forge) => forge.mayWrite(NAME, 'ann', signal)],
  ['membership', (forge) => forge.membership('octo-org/owners', 'ann', signal)],
  ['environmentAnswers', (forge) => forge.environmentAnswers(RUN, signal)],
  ['lastChange', (forge) => forge.lastChange(NAME, 'passmuster.yaml', undefined, signal)],
];

const asked = new Map(QUESTIONS);
const ann = { login: 'ann', type: 'User' };
const pull = { number: 7, user: ann, head: { sha: SHA }, state: 'open', merged_at: null };
const at = '2026-03-01T12:00:00Z';
const review = { user: ann, state: 'APPROVED', commit_id: SHA, submitted_at: at };
const answer = { state: 'approved', user: ann, environments: [{ name: 'production' }] };

test('what GitHub would say is taken', async () => {
  expect(await saying(pull).pullRequest(NAME, 7, signal)).toMatchObject({ head: SHA });
  expect(await saying([review]).reviews(NAME, 7, signal)).toMatchObject([{ by: 'ann' }]);
});

test.each<[string, unknown]>([
  ['pullRequest', { ...pull, number: 8 }],
  ['pullRequest', { ...pull, number: '7' }],
  ['pullRequest', { ...pull, user: 'ann' }],
  ['pullRequest', { ...pull, user: { login: 'ann' } }],
  ['pullRequest', { ...pull, head: { sha: 'main' } }],
  ['pullRequest', { ...pull, head: null }],
  ['pullRequest', { ...pull, state: 'merged' }],
  ['pullRequest', { ...pull, merged_at: 'yesterday' }],
  ['pullRequest', { ...pull, merged_at: undefined }],
  ['pullRequestsOf', [{ ...pull, state: 1 }]],
  ['reviews', [review, null]],
  ['reviews', [{ ...review, state: 'approved' }]],
  ['reviews', [{ ...review, commit_id: 'main' }]],
  ['reviews', [{ ...review, submitted_at: null }]],
  ['reviews', [{ ...review, submitted_at: '2026-13-01T12:00:00Z' }]],
  ['reviews', [{ ...review, user: { ...ann, login: '' } }]],
  ['reviews', { 0: review }],
  ['fileNaming', [{ filename: 'a' }]],
  ['fileNaming', [{ filename: 'a', status: 'added', patch: 1 }]],
  ['mayWrite', { permission: true }],
  ['mayWrite', 'admin'],
  ['membership', { state: true }],
  ['environmentAnswers', [answer, 7]],
  ['environmentAnswers', [{ ...answer, environments: 'production' }]],
  ['environmentAnswers', [{ ...answer, environments: [{ name: 7 }] }]],
  // Its list as the run: that has no moment at which it came to be.
  ['environmentAnswers', [answer]],
  ['lastChange', [{ sha: SHA }]],
  ['lastChange', [{ sha: SHA, commit: { committer: null } }]],
  ['lastChange', [{ sha: 'main', commit: { committer: { date: at } } }]],
])('%s: %j cannot be used', async (question, body) => {
  const error = await asked
    .get(question)?.(saying(body))
    .catch((thrown) => thrown);
  expect(error).toBeInstanceOf(PassmusterError);
  expect(error).toMatchObject({
    ...{ kind: 'upstream', message: expect.stringMatching(/its answer cannot be used \(200\)/) },
  });
});

test.each([
  [ann, true],
  [{ login: 'acme', type: 'Organization' }, false],
  [{ login: 'merge[bot]', type: 'Bot' }, false],
  [{ login: 'merge[bot]', type: 'User' }, false],
  [{ login: 'merge', type: 'Bot' }, false],
])('%j is a person: %s', async (user, isPerson) => {
  const reviews = await saying([{ ...review, user }]).reviews(NAME, 7, signal);
  expect(reviews).toMatchObject([{ by: user.login, isPerson }]);
});

test.each(['', '..', '../../user', 'a//b', '/etc/passwd', '\ud800'])(
  'no file is read that is called %j',
  async (filename) => {
    const forge = saying([{ filename, status: 'added' }]);
    expect(await forge.fileNaming(NAME, 7, SHA, ['a:b:c:d'], signal)).toEqual({ unread: [] });
  },
);

test.each(QUESTIONS)(
  '%s: whatever the answer, it is one of ours or an error that says so',
  async (_, ask) => {
    const values = [pull, review, answer, ann, SHA, at, { commit: { committer: { date: at } } }];
    const one = fc.oneof(fc.constantFrom<unknown>(...values), fc.jsonValue());
    const mixed = fc
      .tuple(fc.constantFrom<object>(pull, review, answer), fc.dictionary(fc.string(), one))
      .map(([whole, change]) => ({ ...whole, ...change }));
    const body = fc.oneof(one, mixed, fc.array(fc.oneof(one, mixed), { maxLength: 3 }));
    const status = fc.constantFrom(200, 403, 404, 409, 422);
    const property = fc.asyncProperty(body, status, async (said, code) => {
      const thrown = await ask(saying(said, code)).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (thrown !== undefined) expect(thrown).toBeInstanceOf(PassmusterError);
    });
    await fc.assert(property, rounds(300));
  },
);
