import { expect, test } from 'vitest';
import { workloadOf } from '../reading/workload.fixture.ts';
import type { Counts, Workload } from '../workload.ts';
import { BEFORE, STAMPED } from './pod.fixture.ts';
import { rolloutOf } from './state.ts';

const WANTED = { uid: 'u-api', generation: 2, stamp: STAMPED };
const { template } = workloadOf();

const stamped = (change: Partial<Workload> = {}): Workload =>
  workloadOf({ template: { ...template, annotations: STAMPED }, ...change });

const counts = (change: Partial<Counts>): Counts => ({ ...stamped().counts, ...change });
const NONE: Counts = { wanted: 0, there: 0, updated: 0, ready: 0, available: 0 };

const progressing = (status: 'True' | 'False' | 'Unknown', reason: string) => ({
  conditions: [{ type: 'Progressing', status, reason, message: '' }],
});

const quota = [
  {
    ...({ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' } as const),
    message: 'pods "api-x" is forbidden: exceeded quota',
  },
];

const one = { kind: 'StatefulSet', revisions: { current: 'a', update: 'b' } } as const;
const same = { kind: 'StatefulSet', revisions: { current: 'b', update: 'b' } } as const;
const daemon = { kind: 'DaemonSet' } as const;

test.each<[string, Partial<Workload>, string, RegExp]>([
  ['all pods are new', {}, 'done', /^3 pods of the new template/],
  ['another object', { uid: 'u-2' }, 'failed', /made anew/],
  [
    'a view from before the write',
    { generation: 1, observed: 1, template },
    'waiting',
    /does not show/,
  ],
  ['a controller that is behind', { observed: 1 }, 'waiting', /has not seen/],
  [
    'the failure of the last generation',
    { observed: 1, ...progressing('False', 'ProgressDeadlineExceeded') },
    'waiting',
    /has not seen/,
  ],
  [
    'a failure of this one',
    {
      deadline: 60,
      counts: counts({ updated: 1 }),
      ...progressing('False', 'ProgressDeadlineExceeded'),
    },
    'failed',
    /not got on for 60 s .*1 of 3 pods has the new/,
  ],
  ['too few', { counts: counts({ updated: 2 }) }, 'waiting', /^2 of 3 pods have the new template$/],
  [
    'pods that may not be made',
    { counts: counts({ updated: 1 }), conditions: quota },
    'waiting',
    /; pods "api-x" is forbidden: exceeded quota/,
  ],
  ['old pods', { counts: counts({ there: 4 }) }, 'waiting', /^1 pod of the old template/],
  ['not available', { counts: counts({ available: 2 }) }, 'waiting', /^2 of 3 pods available/],
  ['another template', { template }, 'failed', /`passmuster.dev\/version` is gone/],
  [
    'a template of somebody else',
    {
      template: { ...template, annotations: BEFORE as ReadonlyMap<string, string> },
      generation: 3,
    },
    'failed',
    /somebody else .* is now `1.0.0`/,
  ],
  ['a pause', { isPaused: true, counts: counts({ updated: 0 }) }, 'failed', /paused/],
  ['a pause that nobody has seen', { isPaused: true, observed: 1 }, 'failed', /paused/],
  ['a pause after the end', { isPaused: true }, 'done', /3 pods/],
  ['a set that is not ready', { ...same, counts: counts({ ready: 2 }) }, 'waiting', /2 ready/],
  ['a set that is under way', { ...one, counts: counts({ updated: 1 }) }, 'waiting', /^1 of 3/],
  ['a set that is done', same, 'done', /3 pods/],
  [
    'a partition under way',
    { ...one, partition: 1, counts: counts({ updated: 1 }) },
    'waiting',
    /^1 of 3/,
  ],
  ['a daemon under way', { ...daemon, counts: counts({ updated: 2 }) }, 'waiting', /^2 of 3/],
  ['a daemon not available', { ...daemon, counts: counts({ available: 1 }) }, 'waiting', /^1 of 3/],
  ['a daemon that is done', daemon, 'done', /3 pods/],
  ['by hand, and done', { ...daemon, strategy: 'OnDelete' }, 'done', /^3 pods/],
])('%s', (_, change, is, says) => {
  expect(rolloutOf(stamped(change), WANTED)).toMatchObject({
    is,
    says: expect.stringMatching(says),
  });
});

test.each<[string, Partial<Workload>, object]>([
  ['no pods', { counts: NONE }, { remark: expect.stringContaining('0 pods'), isVacuous: true }],
  [
    'no nodes',
    { ...daemon, counts: NONE },
    { remark: expect.stringContaining('no node'), isVacuous: true },
  ],
  [
    'a partition',
    { ...one, partition: 1, counts: counts({ updated: 2 }) },
    { remark: 'its partition of 1 keeps 1 pod as they were' },
  ],
  [
    'a partition for all',
    { ...one, partition: 5, counts: counts({ updated: 0 }) },
    { remark: expect.stringContaining('keeps 3 pods'), isVacuous: true },
  ],
  [
    'pods that are restarted by hand',
    { ...one, strategy: 'OnDelete', counts: counts({ updated: 0 }) },
    { remark: expect.stringContaining('`kubectl delete pod -n shop NAME`') },
  ],
])('%s: done, with a remark', (_, change, expected) => {
  expect(rolloutOf(stamped(change), WANTED)).toMatchObject({ is: 'done', ...expected });
});

test('one that is gone has failed', () => {
  expect(rolloutOf(undefined, WANTED)).toMatchObject({ is: 'failed', says: 'it was deleted' });
});

test('a paused one is told how to go on', () => {
  const paused = stamped({ isPaused: true, counts: counts({ updated: 0 }) });
  expect(rolloutOf(paused, WANTED)).toMatchObject({
    hint: '`kubectl rollout resume deployment/api -n shop`',
  });
});
