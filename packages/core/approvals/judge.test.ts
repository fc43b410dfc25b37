import { expect, test } from 'vitest';
import {
  approving,
  bob,
  DAY,
  dan,
  HEAD,
  judged,
  NOW,
  OLDER,
  PULL,
  permits,
  type Row,
  rules,
} from './approvals.fixture.ts';
import type { Permit } from './approvals.ts';

test('enough people who reviewed what names the version', () => {
  const { needed, counted, passedOver, missing } = judged({}, { reviews: [bob, dan] });
  const review = { kind: 'review', at: NOW - DAY, commit: HEAD, pullRequest: 12 };
  expect({ needed, counted, passedOver, missing }).toEqual({
    needed: 2,
    counted: [
      { by: 'bob', ...review },
      { by: 'dan', ...review },
    ],
    passedOver: [],
    missing: [],
  });
});

test('none are needed', () => {
  expect(judged({ rules: rules({ count: 0 }) }, {})).toMatchObject({ needed: 0, missing: [] });
});

test.each<Row>([
  ['fewer than needed', {}, { reviews: [bob] }, ['bob'], []],
  ['more than needed', { rules: rules({ count: 1 }) }, { reviews: [bob, dan] }, ['bob', 'dan'], []],
  ['one person twice, in two spellings', {}, { reviews: [bob, approving('BOB')] }, ['BOB'], []],
  [
    'pushed after approval',
    {},
    { reviews: [approving('bob', { commit: OLDER }), dan] },
    ['dan'],
    [/^bob approved def456a, and the head of pull request #12 is abc123f now\.$/],
  ],
  [
    'approved again after the push',
    {},
    { reviews: [approving('bob', { commit: OLDER, at: 1 }), bob] },
    ['bob'],
    [],
  ],
  [
    'of a commit that is not told',
    {},
    { reviews: [{ ...{ by: 'bob', isPerson: true, state: 'approved', at: NOW } }] },
    [],
    [/^bob approved another commit/],
  ],
  [
    'dismissed',
    {},
    { reviews: [approving('bob', { state: 'dismissed' })] },
    [],
    [/^The review by bob was dismissed\.$/],
  ],
  [
    'changes requested after approval',
    {},
    { reviews: [bob, approving('bob', { state: 'changes-requested', at: NOW })] },
    [],
    [/^bob asked for changes\.$/],
  ],
  [
    'changes requested in the same second, and told later',
    {},
    { reviews: [bob, approving('bob', { state: 'changes-requested' })] },
    [],
    [/^bob asked for changes\.$/],
  ],
  [
    'approval after changes requested, whatever the order in which they are told',
    {},
    { reviews: [bob, approving('Bob', { state: 'changes-requested', at: 1 })] },
    ['bob'],
    [],
  ],
  [
    'a comment after approval',
    {},
    { reviews: [bob, approving('bob', { state: 'commented', at: NOW, commit: OLDER })] },
    ['bob'],
    [],
  ],
  ['only a comment', {}, { reviews: [approving('bob', { state: 'commented' })] }, [], []],
  [
    'the author’s own',
    {},
    { reviews: [approving('Mona'), bob] },
    ['bob'],
    [/^Mona is the author of pull request #12\.$/],
  ],
  [
    'the author’s own where that counts',
    { rules: rules({ authorCounts: true }) },
    { reviews: [approving('mona'), bob] },
    ['mona', 'bob'],
    [],
  ],
  [
    'by whoever registered the version',
    {},
    { reviews: [approving('ANN'), bob] },
    ['bob'],
    [/^ANN registered the version\.$/],
  ],
  [
    'by the author who also started the run, where the author counts',
    { rules: rules({ authorCounts: true }), excluded: new Map([['MONA', 'started the run']]) },
    { reviews: [approving('mona')] },
    [],
    [/^mona started the run\.$/],
  ],
  [
    'by who started the run, and by somebody else who repeated it',
    {
      excluded: new Map([
        ['bob', 'started the run'],
        ['dan', 'repeated the run'],
      ]),
    },
    { reviews: [bob, dan, approving('carol')] },
    ['carol'],
    [/^bob started the run\.$/, /^dan repeated the run\.$/],
  ],
  [
    'by a bot',
    {},
    {
      reviews: [approving('merge[bot]', { isPerson: false }), bob],
      permits: permits('bob', 'merge[bot]'),
    },
    ['bob'],
    [/^merge\[bot\] is no person\.$/],
  ],
  [
    'by a name that no person has',
    {},
    { reviews: [approving('bo b')], permits: permits('bo b') },
    [],
    [/^bo b is no person\.$/],
  ],
  [
    'before the policy changed',
    { voidBefore: [{ at: NOW - DAY + 1, why: 'the policy changed' }] },
    { reviews: [bob, approving('dan', { at: NOW })] },
    ['dan'],
    [/^bob approved before the policy changed\.$/],
  ],
  [
    'as the policy changed',
    { voidBefore: [{ at: NOW - DAY, why: 'the policy changed' }] },
    { reviews: [bob] },
    ['bob'],
    [],
  ],
  [
    'stale by age',
    { rules: rules({ maxAge: 7 * DAY }) },
    {
      reviews: [
        approving('bob', { at: NOW - 8 * DAY - 1 }),
        approving('dan', { at: NOW - 7 * DAY }),
      ],
    },
    ['dan'],
    [/^bob approved more than 8 days ago, and an approval counts for 7 days\.$/],
  ],
  [
    'of an age that no clock tells',
    { rules: rules({ maxAge: 7 * DAY }) },
    { reviews: [bob], now: undefined },
    [],
    [/^bob approved at a time that cannot be judged/],
  ],
  [
    'of a pull request that was turned down',
    {},
    { reviews: [bob], pullRequest: { ...PULL, isOpen: false } },
    [],
    [/^Pull request #12 was closed and not merged\.$/],
  ],
  [
    'of a pull request that was merged',
    {},
    { reviews: [bob], pullRequest: { ...PULL, isOpen: false, merged: { at: NOW } } },
    ['bob'],
    [],
  ],
  [
    'of a pull request that does not name the version',
    {},
    { reviews: [bob], naming: { unread: [] } },
    [],
    [/^No file that the pull request changes was found to name this version at abc123f\.$/],
  ],
  [
    'for a version that only bare words and short ones name',
    { names: ['model', 'an-ordinary-word', 'a/b', ''] },
    { reviews: [bob] },
    [],
    [/^No file/],
  ],
  [
    'by somebody who may not',
    {},
    {
      reviews: [bob, dan],
      permits: new Map<string, Permit>([
        ['bob', { no: 'bob may not.' }],
        ['dan', { unknown: 'Who knows.' }],
      ]),
    },
    [],
    [/^bob may not\.$/, /^Who knows\.$/],
  ],
  [
    'by somebody who was not asked for, after enough others',
    { rules: rules({ count: 1 }) },
    { reviews: [bob, dan], permits: permits('bob') },
    ['bob'],
    [/^It was not asked whether dan may approve: enough others do\.$/],
  ],
  [
    'by somebody who was not asked for, after too many others',
    {},
    { reviews: [bob, dan], permits: permits('bob') },
    ['bob'],
    [/^It was not asked whether dan may approve: too many others approved before\.$/],
  ],
])('a review %s', (_, ask, found, by, whys) => {
  const approvals = judged(ask, found);
  expect(approvals.by).toEqual(by);
  expect(approvals.whys).toEqual(whys.map((why) => expect.stringMatching(why)));
});
