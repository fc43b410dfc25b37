import { expect, test } from 'vitest';
import type { ContainerStatus } from '../pod.ts';
import { ailmentsOf } from './ailments.ts';
import { lasting } from './lasting.ts';
import { BAD, BEFORE, containerOf, podOf, STAMPED, UNSCHEDULABLE } from './pod.fixture.ts';
import { stuckPods } from './pods.ts';

test.each<[keyof typeof BAD, string | undefined, string?]>([
  ['crashing', 'CrashLoopBackOff', 'fatal'],
  ['outOfMemory', 'OOMKilled', 'fatal'],
  ['killed', 'OOMKilled', 'fatal'],
  ['badName', 'InvalidImageName', 'fatal'],
  ['noKey', 'CreateContainerConfigError', 'fatal'],
  ['noImage', 'ImagePullBackOff', 'passing'],
  ['pulling', 'ErrImagePull', 'passing'],
  ['creating', undefined],
  ['slow', undefined],
])('%s', (bad, reason, severity) => {
  const found = ailmentsOf([podOf('api-1', BAD[bad])], STAMPED);
  expect(found).toMatchObject(reason ? [{ reason, severity, container: 'main' }] : []);
});

test('init containers count, and the exit code is told', () => {
  const containers: ContainerStatus[] = [
    containerOf({ name: 'load', isInit: true, ...BAD.crashing }),
    containerOf({ isReady: false, waiting: { reason: 'PodInitializing', message: '' } }),
  ];
  expect(ailmentsOf([podOf('api-1', {}, { containers })], STAMPED)).toMatchObject([
    { container: 'load', message: 'it ended with exit code 1' },
  ]);
});

test('a container that was killed once and is ready now is well', () => {
  const last = BAD.outOfMemory.last;
  expect(ailmentsOf([podOf('api-1', { restarts: 1, last })], STAMPED)).toEqual([]);
});

test('pods of another template, and pods that go, are none of its business', () => {
  const pods = [
    podOf('old', BAD.crashing, {}, BEFORE),
    podOf('going', BAD.crashing, { isDeleting: true }),
  ];
  expect(ailmentsOf(pods, STAMPED)).toEqual([]);
  const unstamped = new Map([...STAMPED.keys()].map((name) => [name, undefined]));
  expect(ailmentsOf([podOf('bare', BAD.crashing, {}, unstamped)], unstamped)).toHaveLength(1);
});

test('the worst comes first', () => {
  const pods = [podOf('a', {}, UNSCHEDULABLE), podOf('b', BAD.noKey)];
  expect(ailmentsOf(pods, STAMPED).map(({ reason }) => reason)).toEqual([
    'CreateContainerConfigError',
    'Unschedulable',
  ]);
});

test('what may pass is borne for its grace, under both names of the same', () => {
  const enough = lasting({ starting: 10, scheduling: 100 });
  const at = (elapsed: number, bad: Partial<ContainerStatus>) =>
    enough(ailmentsOf([podOf('a', bad)], STAMPED), elapsed)?.reason;
  expect(at(0, BAD.pulling)).toBeUndefined();
  expect(at(9, BAD.noImage)).toBeUndefined();
  expect(at(10, BAD.noImage)).toBe('ImagePullBackOff');
  expect(at(11, {})).toBeUndefined();
  expect(at(12, BAD.pulling)).toBeUndefined();
  expect(at(13, BAD.crashing)).toBe('CrashLoopBackOff');
  const unscheduled = ailmentsOf([podOf('b', {}, UNSCHEDULABLE)], STAMPED);
  expect(enough(unscheduled, 20)).toBeUndefined();
  expect(enough(unscheduled, 119)).toBeUndefined();
  expect(enough(unscheduled, 120)?.reason).toBe('Unschedulable');
});

test('a set is left with the pods that never became ready', () => {
  const pods = [
    podOf('db-2', BAD.crashing),
    podOf('db-1'),
    podOf('db-3', BAD.slow),
    podOf('db-0', BAD.slow, {}, BEFORE),
  ];
  const set = { kind: 'StatefulSet', namespace: 'shop' } as const;
  expect(stuckPods(pods, set, STAMPED)).toMatchObject({
    pods: [{ name: 'db-2' }, { name: 'db-3' }],
    command: 'kubectl delete pod -n shop db-2 db-3',
  });
  expect(stuckPods([podOf('db-1')], set, STAMPED)).toBeUndefined();
  expect(stuckPods(pods, { ...set, kind: 'Deployment' }, STAMPED)).toBeUndefined();
});
