import { expect, test } from 'vitest';
import {
  approving,
  bob,
  DAY,
  dan,
  judged,
  letIn,
  NOW,
  OLDER,
  PLAN,
  type Row,
  rules,
} from './approvals.fixture.ts';
import type { Permit } from './approvals.ts';

const other = { approved: false };
const SECOND = { server: 'https://github.com', repository: 'acme/models', id: '7', attempt: '2' };
const AGAIN = { ...PLAN, run: { id: '7', attempt: '2' } };

test.each<Row>([
  [
    'with a plan of this run',
    { plan: PLAN },
    { answers: [letIn('bob')] },
    ['bob (environment)'],
    [],
  ],
  [
    'in other letters',
    { plan: PLAN },
    { answers: [letIn('bob', { environments: ['x', 'PRODUCTION'] })] },
    ['bob (environment)'],
    [],
  ],
  [
    'another one',
    { plan: PLAN },
    { answers: [letIn('bob', { environments: ['productio'] })] },
    [],
    [],
  ],
  ['without a plan', {}, { answers: [letIn('bob')] }, [], [/counts only with the `plan`/]],
  [
    'for another plan',
    { plan: { ...PLAN, anew: 'sha256:q' } },
    { answers: [letIn('bob')] },
    [],
    [/is for another plan/],
  ],
  [
    'for the plan of another run',
    { plan: { ...PLAN, run: { id: '8', attempt: '1' } } },
    { answers: [letIn('bob')] },
    [],
    [/another run made its file/],
  ],
  [
    'for the plan of an earlier attempt',
    { plan: PLAN, run: SECOND },
    { answers: [letIn('bob'), letIn('bob')] },
    [],
    [/attempt 1 of this run made its file, and this is attempt 2\. Run all its jobs again/],
  ],
  [
    'for the plan of a later attempt than it was given in',
    { plan: { ...AGAIN, approvedBefore: ['Bob', 'carol'] }, run: SECOND },
    { answers: [letIn('bob'), letIn('dan'), letIn('carol', other)] },
    ['dan (environment)'],
    [/^bob approved in an earlier attempt of this run, before it was planned anew\.$/],
  ],
  [
    'given once more for the plan of a later attempt',
    { plan: { ...AGAIN, approvedBefore: ['bob'] }, run: SECOND },
    { answers: [letIn('bob'), letIn('Bob')] },
    ['Bob (environment)'],
    [],
  ],
  [
    'where those of earlier attempts could not be read',
    { plan: AGAIN, run: SECOND },
    { answers: [letIn('bob')] },
    [],
    [/it could not be read who had approved in earlier attempts/],
  ],
  [
    'for a plan that names no run',
    { plan: { digest: 'a', anew: 'a' } },
    { answers: [letIn('bob')] },
    [],
    [/another run made its file/],
  ],
  [
    'by two people counts once',
    { plan: PLAN },
    { answers: [letIn('bob'), letIn('dan')] },
    ['bob (environment)'],
    [/counts once, whoever else gives it; dan may review/],
  ],
  [
    'by who reviewed, too, counts once',
    { plan: PLAN },
    { reviews: [bob], answers: [letIn('Bob')] },
    ['bob'],
    [],
  ],
  [
    'by who reviewed, too, leaves room for that of another',
    { plan: PLAN },
    { reviews: [bob], answers: [letIn('bob'), letIn('dan')] },
    ['bob', 'dan (environment)'],
    [],
  ],
  [
    'by somebody whose review is stale',
    { plan: PLAN },
    { reviews: [approving('bob', { commit: OLDER }), dan], answers: [letIn('bob')] },
    ['dan', 'bob (environment)'],
    [/^bob approved def456a/],
  ],
  [
    'by somebody who rejected the run, too',
    { plan: PLAN },
    { answers: [letIn('Bob', other), letIn('bob')] },
    [],
    [/^bob has rejected this run/],
  ],
  ['rejected', { plan: PLAN }, { answers: [letIn('bob', other)] }, [], []],
  [
    'rejected by another, in an earlier attempt',
    { plan: PLAN },
    { answers: [letIn('dan', other), letIn('bob')] },
    ['bob (environment)'],
    [],
  ],
  [
    'by the author, by who registered it, by who repeated the run, and by a bot',
    {
      plan: PLAN,
      excluded: new Map([
        ['ann', 'registered the version'],
        ['dan', 'repeated the run'],
      ]),
    },
    {
      answers: ['mona', 'Ann', 'dan', 'x[bot]'].map((by) =>
        letIn(by, { isPerson: by !== 'x[bot]' }),
      ),
    },
    [],
    [/^mona is the author/, /^Ann registered/, /^dan repeated/, /^x\[bot\] is no person/],
  ],
  [
    'where there is no pull request',
    { plan: PLAN },
    { pullRequest: undefined, answers: [letIn('bob')] },
    ['bob (environment)'],
    [],
  ],
  [
    'in a run that is too old',
    { plan: PLAN, rules: rules({ maxAge: DAY }) },
    { answers: [letIn('bob', { notBefore: NOW - 3 * DAY })] },
    [],
    [
      /^bob approved in a run that began more than 3 days ago, and an approval counts for 24 hours\.$/,
    ],
  ],
  [
    'by somebody who may not',
    { plan: PLAN },
    {
      answers: [letIn('bob'), letIn('dan')],
      permits: new Map<string, Permit>([
        ['bob', { no: 'No.' }],
        ['dan', 'yes'],
      ]),
    },
    ['dan (environment)'],
    [/^No\.$/],
  ],
])('the approval of an environment %s', (_, ask, found, by, whys) => {
  const approvals = judged(ask, found);
  expect(approvals.by).toEqual(by);
  expect(approvals.whys).toEqual(whys.map((why) => expect.stringMatching(why)));
});
