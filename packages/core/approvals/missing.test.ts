import { expect, test } from 'vitest';
import { bob, DIGEST, dan, HEAD, judged, letIn, PLAN, PULL, rules } from './approvals.fixture.ts';
import type { Permit } from './approvals.ts';

const MAY_BE = 'may be the approval of the GitHub environment `production`';

test.each<[string, Parameters<typeof judged>[0], Parameters<typeof judged>[1], readonly unknown[]]>(
  [
    [
      'one review',
      { excluded: new Map() },
      { reviews: [bob], pullRequest: { number: 12, head: HEAD, isOpen: true } },
      [
        `1 more approval by somebody who may write to acme/models: review pull request #12 at its head abc123f, whose files must name \`${DIGEST}\`.`,
        `It ${MAY_BE}, in a job that takes as \`plan\` what an earlier job of its run planned.`,
      ],
    ],
    [
      'both, by others than those who had a hand in it',
      { names: [DIGEST, 's3://models/gpt/7'], plan: PLAN },
      {},
      [
        `2 more approvals by people who may write to acme/models, other than ann and mona: review pull request #12 at its head abc123f, whose files must name \`${DIGEST}\` or \`s3://models/gpt/7\`.`,
        `One of them ${MAY_BE} by one of them, for this run.`,
      ],
    ],
    [
      'one of some people and teams',
      { rules: rules({ from: { users: ['Bob', 'ann', 'carol', 'mona'], teams: ['acme/ml'] } }) },
      {
        reviews: [bob, dan],
        permits: new Map<string, Permit>([
          ['bob', 'yes'],
          ['dan', { unknown: 'Not told.' }],
        ]),
      },
      [
        `1 more approval by one of carol and the members of acme/ml, other than ann and mona: review pull request #12 at its head abc123f, whose files must name \`${DIGEST}\`.`,
        `It ${MAY_BE}, in a job that takes as \`plan\` what an earlier job of its run planned.`,
        'Not told.',
      ],
    ],
    [
      'the only one who is left',
      { rules: rules({ from: { users: ['bob', 'carol'], teams: [] } }) },
      { reviews: [bob] },
      [expect.stringMatching(/^1 more approval by carol: review/), expect.anything()],
    ],
    [
      'nobody who is left',
      { rules: rules({ from: { users: ['ann', 'mona'], teams: [] } }) },
      {},
      [
        '2 more approvals are needed, and nobody is left whom `from` names in the policy: name others there.',
      ],
    ],
    [
      'a pull request',
      {},
      { pullRequest: undefined },
      [
        `2 more approvals by people who may write to acme/models, other than ann. No pull request was found for commit abc123f: name one whose files name \`${DIGEST}\` with the input \`pull-request\`.`,
        `One of them ${MAY_BE}, in a job that takes as \`plan\` what an earlier job of its run planned.`,
      ],
    ],
    [
      'another pull request',
      { plan: { ...PLAN, anew: 'x' } },
      { pullRequest: { ...PULL, isOpen: false } },
      [
        '2 more approvals by people who may write to acme/models, other than ann and mona. Pull request #12 was closed and not merged: open it again, or name another with the input `pull-request`.',
        'The approval of the environment is for another plan: planning anew gives a different one.',
      ],
    ],
    [
      'a file that names the version',
      {},
      { reviews: [bob], naming: { unread: ['Only some were read.'] } },
      [
        expect.stringMatching(/^2 more approvals/),
        `No changed file of pull request #12 names \`${DIGEST}\` at its head abc123f: commit one that does, and have it reviewed again.`,
        'Only some were read.',
        expect.stringContaining(MAY_BE),
      ],
    ],
    [
      'a digest',
      { names: [] },
      { answers: [letIn('bob')], reviews: [dan] },
      [
        '2 more approvals by people who may write to acme/models, other than ann and mona. No review can be told to be about this version, which has no digest: register it with one.',
        expect.stringContaining(MAY_BE),
      ],
    ],
    [
      'a review beside the environment',
      { plan: PLAN },
      { answers: [letIn('bob')] },
      [expect.stringMatching(/^1 more approval by somebody .*: review pull request #12/)],
    ],
  ],
)('what is still needed: %s', (_, ask, found, missing) => {
  expect(judged(ask, found).missing).toEqual(missing);
});
