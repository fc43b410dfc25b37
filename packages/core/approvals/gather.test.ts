import { expect, test } from 'vitest';
import { InputError } from '../errors.ts';
import { forgeThat } from '../forge.fixture.ts';
import type { Forge, ForgePullRequest } from '../forge.ts';
import {
  approving,
  asking,
  bob,
  type Change,
  DIGEST,
  dan,
  HEAD,
  letIn,
  NOW,
  OLDER,
  PLAN,
  PULL,
  rules,
} from './approvals.fixture.ts';
import type { Asking } from './approvals.ts';
import { gatherApprovals } from './gather.ts';

const { signal } = new AbortController();

/** A forge with that pull request, where everybody may write, and what it was asked. */
function forgeWith(change: Partial<Forge> = {}) {
  const asked: string[] = [];
  const answers: Partial<Forge> = {
    now: () => NOW,
    pullRequestsOf: async () => [PULL],
    pullRequest: async () => PULL,
    reviews: async () => [bob, dan],
    fileNaming: async () => ({ path: 'models.yaml' }),
    mayWrite: async () => true,
    environmentAnswers: async () => [letIn('carol')],
    ...change,
  };
  const noted = Object.entries(answers).map(([name, answer]) => [
    name,
    (...args: readonly unknown[]) => {
      if (name !== 'now') asked.push([name, ...args.slice(0, -1)].map(String).join(' '));
      return (answer as (...args: readonly unknown[]) => unknown)(...args);
    },
  ]);
  return { forge: forgeThat(Object.fromEntries(noted)), asked };
}

async function gathered(ask: Change<Asking> = {}, change: Partial<Forge> = {}) {
  const { forge, asked } = forgeWith(change);
  const approvals = await gatherApprovals(asking(ask), forge, signal);
  return { ...approvals, by: approvals.counted.map(({ by }) => by), asked };
}

test('nothing is asked where no approval is needed', async () => {
  expect(await gathered({ rules: rules({ count: 0 }) })).toMatchObject({ missing: [], asked: [] });
});

test('each thing is asked once, and only what decides', async () => {
  const { by, missing, asked } = await gathered();
  expect({ by, missing }).toEqual({ by: ['bob', 'dan'], missing: [] });
  expect(asked).toEqual([
    `pullRequestsOf acme/models ${HEAD}`,
    'reviews acme/models 12',
    `fileNaming acme/models 12 ${HEAD} ${DIGEST}`,
    'mayWrite acme/models bob',
    'mayWrite acme/models dan',
  ]);
});

test('a pull request that is named is asked for, and that of the commit is not', async () => {
  const { asked } = await gathered({ pullRequest: 9 });
  expect(asked[0]).toBe('pullRequest acme/models 9');
  expect(asked.join()).not.toContain('pullRequestsOf');
});

test.each<[string, Change<Asking>, Partial<Forge>, readonly string[]]>([
  ['there is no review', {}, { reviews: async () => [] }, ['pullRequestsOf', 'reviews']],
  [
    'no review stands',
    {},
    { reviews: async () => [approving('ann'), approving('bob', { commit: OLDER })] },
    ['pullRequestsOf', 'reviews'],
  ],
  ['nothing could name the version', { names: ['x'] }, {}, ['pullRequestsOf', 'reviews']],
  [
    'no file names the version',
    {},
    { fileNaming: async () => ({ unread: [] }) },
    ['pullRequestsOf', 'reviews', 'fileNaming'],
  ],
  ['there is no pull request', {}, { pullRequestsOf: async () => [] }, ['pullRequestsOf']],
  ['it is not known which commit it is', { commit: undefined }, {}, []],
])('nobody is asked for where %s', async (_, ask, change, asks) => {
  const { asked, by, missing } = await gathered(ask, change);
  expect(asked.map((one) => one.split(' ')[0])).toEqual(asks);
  expect({ by, isMissing: missing.length > 0 }).toEqual({ by: [], isMissing: true });
});

test('who was let into the environment counts with a plan, and is asked for only then', async () => {
  const change = { reviews: async () => [bob] };
  expect(await gathered({ plan: PLAN }, change)).toMatchObject({ by: ['bob', 'carol'] });
  const without = await gathered({}, change);
  expect(without.by).toEqual(['bob']);
  expect(without.asked.join()).not.toContain('environmentAnswers');
});

test('nobody more is asked for once there are enough', async () => {
  const crowd = Array.from({ length: 9 }, (_, index) => approving(`user-${index}`));
  const { asked, by, passedOver } = await gathered({}, { reviews: async () => crowd });
  expect(by).toEqual(['user-0', 'user-1']);
  expect(asked.filter((one) => one.startsWith('mayWrite'))).toHaveLength(2);
  expect(passedOver).toHaveLength(7);
});

test('of a crowd of strangers only so many are asked for', async () => {
  const crowd = Array.from({ length: 99 }, (_, index) => approving(`user-${index}`));
  const change = { reviews: async () => crowd, mayWrite: async () => false };
  const { asked, missing, passedOver } = await gathered({}, change);
  expect(asked.filter((one) => one.startsWith('mayWrite'))).toHaveLength(50);
  expect(passedOver.at(-1)?.why).toMatch(/too many others approved before/);
  expect(missing[0]).toMatch(/^2 more approvals/);
});

const teams = rules({ from: { users: ['Bob'], teams: ['acme/a', 'acme/b'] } });

test.each<
  [string, Record<string, 'member' | 'no-member' | { unknown: string }>, RegExp | 'counts']
>([
  ['in the first', { 'acme/a': 'member' }, 'counts'],
  ['in the second', { 'acme/a': 'no-member', 'acme/b': 'member' }, 'counts'],
  [
    'in one beside one that is not told',
    { 'acme/a': { unknown: 'A.' }, 'acme/b': 'member' },
    'counts',
  ],
  ['in none', { 'acme/a': 'no-member', 'acme/b': 'no-member' }, /^dan is none of those who may/],
  ['in none that is told', { 'acme/a': { unknown: 'A.' }, 'acme/b': 'no-member' }, /^A\.$/],
])('teams: dan is %s', async (_, of, says) => {
  const change: Partial<Forge> = {
    membership: async (team, user) => {
      expect(user).toBe('dan');
      return of[team] ?? expect.fail(`${team} was asked for`);
    },
  };
  const { by, passedOver, missing } = await gathered({ rules: teams }, change);
  expect(by).toEqual(says === 'counts' ? ['bob', 'dan'] : ['bob']);
  if (says !== 'counts')
    expect(passedOver).toEqual([{ by: 'dan', why: expect.stringMatching(says) }]);
  expect(missing.includes('A.')).toBe(says instanceof RegExp && says.test('A.'));
});

test.each<[string, Change<Asking>, boolean, RegExp]>([
  ['a run', { run: undefined }, true, /^2 approvals are needed, and .* from a job there\.$/],
  ['a token', { rules: rules({ count: 1 }) }, false, /^1 approval is needed, and .*`github-token`/],
])('without %s they are refused', async (_, ask, withForge, says) => {
  const { forge, asked } = forgeWith();
  const approvals = await gatherApprovals(asking(ask), withForge ? forge : undefined, signal);
  expect(approvals).toMatchObject({ counted: [], passedOver: [] });
  expect(approvals.missing).toEqual([expect.stringMatching(says)]);
  expect(asked).toEqual([]);
});

const pull = (number: number, change: Partial<ForgePullRequest> = {}): ForgePullRequest => ({
  ...{ number, author: 'mona', head: OLDER, isOpen: true },
  ...change,
});
const merged = (commit?: string) => ({
  ...{ isOpen: false, merged: { at: 1, ...(commit && { commit }) } },
});

test.each<[string, readonly ForgePullRequest[], number | undefined]>([
  ['none', [], undefined],
  ['only one that was turned down', [pull(1, { isOpen: false, head: HEAD })], undefined],
  ['one that it is merely part of', [pull(1)], 1],
  ['the one whose head it is', [pull(1), pull(2, { head: HEAD })], 2],
  ['the one that came in with it', [pull(1, merged('0'.repeat(40))), pull(2, merged(HEAD))], 2],
  ['the one that was not turned down', [pull(1, { isOpen: false }), pull(2, merged())], 2],
])('of the pull requests of a commit: %s', async (_, all, number) => {
  const { asked } = await gathered({}, { pullRequestsOf: async () => all });
  expect(asked[1]).toBe(number === undefined ? undefined : `reviews acme/models ${number}`);
});

test.each<[readonly ForgePullRequest[], string]>([
  [[pull(1), pull(2)], '#1 and #2'],
  [[pull(1, { head: HEAD }), pull(2), pull(3, merged(HEAD))], '#1 and #3'],
])('several that are as good as each other are refused', async (all, numbers) => {
  const error = await gathered({}, { pullRequestsOf: async () => all }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect(error.message).toBe(`Commit abc123f belongs to several pull requests: ${numbers}.`);
  expect(error.problems[0].hint).toContain('`pull-request`');
});

test('a pull request that is named and not there is a mistake', async () => {
  const { forge } = forgeWith({ pullRequest: async () => 'absent' });
  const work = gatherApprovals(asking({ pullRequest: 9 }), forge, signal);
  await expect(work).rejects.toThrow(InputError);
  await expect(work).rejects.toThrow(/no pull request #9 in acme\/models/);
});

test('what cannot be found out is an error, and no approval', async () => {
  const failure = new Error('no answer');
  const failing = async () => Promise.reject(failure);
  for (const name of ['pullRequestsOf', 'reviews', 'fileNaming', 'mayWrite'] as const) {
    await expect(gathered({}, { [name]: failing })).rejects.toBe(failure);
  }
  await expect(gathered({ plan: PLAN }, { environmentAnswers: failing })).rejects.toBe(failure);
});
