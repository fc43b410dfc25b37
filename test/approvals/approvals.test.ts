import { PassmusterError } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import type { AnswerInState, ReviewInState, RunInState } from '../contract/forge/github-state.ts';
import { DIGEST, gather, HEAD, MERGE, OLDER, PULL, SOON, type World } from './world.ts';

const review = (by: string | null, change: Partial<ReviewInState> = {}): ReviewInState => ({
  ...{ by, state: 'APPROVED', commit: HEAD, at: SOON },
  ...change,
});
const reviewed = (...reviews: readonly ReviewInState[]): World => ({ pull: { reviews } });

test('two who reviewed the pull request of the commit, by as few questions as that takes', async () => {
  const { by, missing, counted, asked } = await gather(reviewed(review('bob'), review('dan')));
  expect({ by, missing }).toEqual({ by: ['bob', 'dan'], missing: [] });
  expect(counted[0]).toEqual({
    ...{ by: 'bob', kind: 'review', at: Date.parse(SOON), commit: HEAD, pullRequest: 12 },
  });
  expect(
    asked.map((one) => one.replace(/^GET \/repos\/acme\/models\//, '').replace(/\?.*/, '')),
  ).toEqual([
    `commits/${MERGE}/pulls`,
    'pulls/12/reviews',
    'pulls/12/files',
    'contents/models.yaml',
    'collaborators/bob/permission',
    'collaborators/dan/permission',
  ]);
});

test.each<[string, readonly ReviewInState[], readonly string[], readonly RegExp[]]>([
  ['fewer than needed', [review('bob')], ['bob'], []],
  ['none', [], [], []],
  [
    'pushed after approval',
    [review('bob', { commit: OLDER }), review('dan')],
    ['dan'],
    [/^bob approved def456a, and the head of pull request #12 is abc123f now/],
  ],
  [
    'dismissed',
    [review('bob', { state: 'DISMISSED' }), review('dan')],
    ['dan'],
    [/^The review by bob was dismissed/],
  ],
  [
    'taken back',
    [review('bob'), review('bob', { state: 'CHANGES_REQUESTED', at: '2026-03-01T10:30:00Z' })],
    [],
    [/^bob asked for changes/],
  ],
  ['commented on after that', [review('bob'), review('bob', { state: 'COMMENTED' })], ['bob'], []],
  ['twice by one person', [review('bob'), review('bob')], ['bob'], []],
  [
    'the author’s own',
    [review('mona'), review('dan')],
    ['dan'],
    [/^mona is the author of pull request #12/],
  ],
  ['by who registered the version', [review('Ann')], [], [/^Ann registered the version/]],
  ['by who started the run', [review('carol')], [], [/^carol started the run/]],
  ['by a bot', [review('merge[bot]', { type: 'Bot' })], [], [/^merge\[bot\] is no person/]],
  ['by an account that was deleted', [review(null)], [], []],
  [
    'by who may only read',
    [review('eve'), review('dan')],
    ['dan'],
    [/^eve may not write to acme\/models/],
  ],
  ['by a stranger', [review('stranger')], [], [/^stranger may not write/]],
])('not enough: %s', async (_, reviews, by, whys) => {
  const found = await gather(reviewed(...reviews));
  expect(found.by).toEqual(by);
  expect(found.whys).toEqual(whys.map((why) => expect.stringMatching(why)));
  const more = by.length === 0 ? '2 more approvals by people' : '1 more approval by somebody';
  expect(found.missing[0]).toBe(
    `${more} who may write to acme/models, other than ann, carol and mona: review pull request #12 at its head abc123f, whose files must name \`${DIGEST}\`.`,
  );
});

test('a run that somebody else repeated: neither of the two counts', async () => {
  const excluded = new Map([
    ['BOB', 'started the run'],
    ['dan', 'repeated the run'],
  ]);
  const { by, whys } = await gather(reviewed(review('bob'), review('dan'), review('carol')), {
    excluded,
  });
  expect(by).toEqual(['carol']);
  expect(whys).toEqual(['bob started the run.', 'dan repeated the run.']);
});

test.each<[string, string, boolean]>([
  ['the digest', `gpt: ${DIGEST}`, true],
  ['a longer digest', `gpt: ${DIGEST}0a`, false],
  ['another version', `gpt: ${DIGEST.replace('0a', '0b')}`, false],
])('the reviewed commit holds %s', async (_, text, counts) => {
  const repository = {
    commits: {
      [HEAD]: { 'models.yaml': text, 'README.md': '' },
      [MERGE]: { 'models.yaml': DIGEST },
    },
  };
  const { by, missing } = await gather({ ...reviewed(review('bob')), repository });
  expect(by).toEqual(counts ? ['bob'] : []);
  expect(missing.some((one) => one.startsWith('No changed file of pull request #12 names'))).toBe(
    !counts,
  );
});

test('who approved long ago, by the clock of the server', async () => {
  const old = review('bob', { at: '2026-02-22T11:59:59Z' });
  const young = review('dan', { at: '2026-02-22T12:00:00Z' });
  const rules = { count: 2, authorCounts: false, maxAge: 8 * 86_400_000 };
  const { by, whys } = await gather(reviewed(old, young), { rules });
  expect(by).toEqual(['dan']);
  expect(whys).toEqual([expect.stringMatching(/^bob approved more than 8 days ago/)]);
});

test('who approved before the policy changed', async () => {
  const voidBefore = [{ at: Date.parse('2026-03-01T10:00:01Z'), why: 'the policy changed' }];
  const late = review('dan', { at: '2026-03-01T10:00:02Z' });
  const { by, whys } = await gather(reviewed(review('bob'), late), { voidBefore });
  expect({ by, whys }).toEqual({ by: ['dan'], whys: ['bob approved before the policy changed.'] });
});

const waited = (...answers: readonly AnswerInState[]): Partial<World> => {
  const run: RunInState = { id: '7', attempt: '1', status: 'in_progress', created: SOON, answers };
  return { repository: { runs: [run] } };
};
const letIn = (by: string, change: Partial<AnswerInState> = {}): AnswerInState => ({
  ...{ by, state: 'approved', environments: ['Production'] },
  ...change,
});
const plan = { digest: 'sha256:p', anew: 'sha256:p', run: { id: '7', attempt: '1' } };

test.each<[string, readonly AnswerInState[], typeof plan, readonly string[], readonly RegExp[]]>([
  ['one of ours', [letIn('dan')], plan, ['bob', 'dan'], []],
  ['one of ours, by who reviewed', [letIn('bob')], plan, ['bob'], []],
  ['of two people', [letIn('dan'), letIn('mona')], plan, ['bob', 'dan'], [/^mona is the author/]],
  ['of who started the run', [letIn('carol')], plan, ['bob'], [/^carol started the run/]],
  ['of a bot', [letIn('x[bot]', { type: 'Bot' })], plan, ['bob'], [/no person/]],
  ['of who may not write', [letIn('eve')], plan, ['bob'], [/^eve may not write/]],
  ['of another environment', [letIn('dan', { environments: ['staging'] })], plan, ['bob'], []],
  ['that was a no', [letIn('dan', { state: 'rejected' })], plan, ['bob'], []],
  ['for another plan', [letIn('dan')], { ...plan, anew: 'sha256:q' }, ['bob'], [/another plan/]],
  [
    'for the plan of another run',
    [letIn('dan')],
    { ...plan, run: { id: '6', attempt: '1' } },
    ['bob'],
    [/another run/],
  ],
])('the answer to a run: %s', async (_, answers, given, by, whys) => {
  const found = await gather(
    { ...reviewed(review('bob')), ...waited(...answers) },
    { plan: given },
  );
  expect(found.by).toEqual(by);
  expect(found.whys).toEqual(whys.map((why) => expect.stringMatching(why)));
  expect(found.missing.length === 0).toBe(by.length === 2);
});

const TEAMS = { 'acme/owners': { members: { dan: 'active', bob: 'pending' } } } as const;
const rules = { count: 1, authorCounts: false, from: { users: [], teams: ['acme/owners'] } };

test('teams: only their active members count', async () => {
  const github: World['github'] = {
    ...{ permissions: ['contents', 'pull-requests', 'members'], teams: TEAMS },
  };
  const world = { ...reviewed(review('bob'), review('dan')), github };
  const { by, whys, missing } = await gather(world, { rules });
  expect({ by, missing }).toEqual({ by: ['dan'], missing: [] });
  expect(whys).toEqual(['bob is none of those who may approve.']);
});

test('teams: a token that may not know their members is told apart from nobody', async () => {
  const { by, missing } = await gather(reviewed(review('dan')), { rules });
  expect(by).toEqual([]);
  expect(missing.at(-1)).toMatch(/members of acme\/owners .*`members: read`/);
});

test.each([
  ['pull-requests', ['contents', 'actions']],
  ['contents', ['pull-requests', 'actions']],
  ['actions', ['contents', 'pull-requests']],
] as const)('a token without `%s: read` is an error that says so', async (missing, permissions) => {
  const world = { ...reviewed(review('bob')), ...waited(letIn('dan')), github: { permissions } };
  const error = await gather(world, { plan }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(PassmusterError);
  expect(error.problems[0].hint).toContain(`\`${missing}: read\``);
});

test('a pull request that is named counts for a commit of none', async () => {
  const commit = '0'.repeat(40);
  const world = reviewed(review('bob'), review('dan'));
  const found = await gather(world, { commit });
  expect(found.missing[0]).toMatch(/No pull request was found for commit 0000000/);
  expect((await gather(world, { commit, pullRequest: 12 })).missing).toEqual([]);
});

test('two pull requests with the same head are told apart by nobody', async () => {
  const repository: World['repository'] = {
    pullRequests: [PULL, { ...PULL, number: 13, state: 'open' as const }],
  };
  const work = gather({ repository });
  await expect(work).rejects.toThrow(
    'Commit fed987c belongs to several pull requests: #12 and #13.',
  );
});
