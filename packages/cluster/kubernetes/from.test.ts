import { describe, expect, test } from 'vitest';
import { configMapFrom } from './configmap-from.ts';
import { eventsFrom, podFrom } from './pod-from.ts';
import { podSpecFrom } from './pod-spec-from.ts';
import { stampSteps } from './stamp.ts';
import { workloadFrom } from './workload-from.ts';

test('a ConfigMap, with who wrote what', () => {
  const managedFields = [
    {
      manager: 'helm',
      operation: 'Apply',
      time: '2026-11-28T10:00:00Z',
      fieldsV1: { 'f:data': { '.': {}, 'f:a': {}, 'f:b.c': {} } },
    },
    { manager: 'kubectl', operation: 'Update', fieldsV1: { 'f:metadata': { 'f:labels': {} } } },
    'odd',
  ];
  const metadata = { namespace: 'ml', name: 'x', uid: 'u', resourceVersion: '1', managedFields };
  const object = { metadata, data: { a: '1', b: 2 }, binaryData: { w: 'AA==' } };
  expect(configMapFrom(object)).toEqual({
    ...{ namespace: 'ml', name: 'x', uid: 'u', resourceVersion: '1' },
    data: new Map([['a', '1']]),
    binaryKeys: ['w'],
    labels: new Map(),
    annotations: new Map(),
    isImmutable: false,
    managers: [
      { name: 'helm', operation: 'Apply', at: Date.UTC(2026, 10, 28, 10), keys: ['a', 'b.c'] },
      { name: 'kubectl', operation: 'Update', keys: [] },
    ],
  });
  expect(configMapFrom({}).managers).toEqual([]);
});

describe('a workload', () => {
  test.each([
    ['Deployment', {}, {}, { wanted: 1, there: 0, updated: 0, ready: 0, available: 0 }],
    [
      'Deployment',
      { replicas: 0 },
      { replicas: 4, updatedReplicas: 1, readyReplicas: 3, availableReplicas: 2 },
      { wanted: 0, there: 4, updated: 1, ready: 3, available: 2 },
    ],
    [
      'DaemonSet',
      { replicas: 7 },
      {
        desiredNumberScheduled: 5,
        currentNumberScheduled: 4,
        updatedNumberScheduled: 3,
        numberReady: 2,
        numberAvailable: 1,
      },
      { wanted: 5, there: 4, updated: 3, ready: 2, available: 1 },
    ],
  ] as const)('counts of a %s with %j', (kind, spec, status, counts) => {
    expect(workloadFrom(kind, { spec, status }).counts).toEqual(counts);
  });

  test.each([
    ['Deployment', {}, { strategy: 'RollingUpdate', partition: 0 }],
    ['Deployment', { strategy: { type: 'Recreate' } }, { strategy: 'Recreate' }],
    ['DaemonSet', { updateStrategy: { type: 'OnDelete' } }, { strategy: 'OnDelete' }],
    [
      'StatefulSet',
      { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } },
      { strategy: 'RollingUpdate', partition: 2 },
    ],
    ['Deployment', { paused: true }, { isPaused: true }],
    ['Deployment', { progressDeadlineSeconds: 30 }, { deadline: 30 }],
  ] as const)('a %s with %j', (kind, spec, expected) => {
    expect(workloadFrom(kind, { spec })).toMatchObject(expected);
  });

  test('what a set has, and what it has not', () => {
    const status = { currentRevision: 'a', updateRevision: 'b', observedGeneration: 3 };
    const one = workloadFrom('StatefulSet', { metadata: { generation: 4 }, status });
    expect(one).toMatchObject({
      generation: 4,
      observed: 3,
      revisions: { current: 'a', update: 'b' },
    });
    expect('deadline' in one).toBe(false);
    expect('revisions' in workloadFrom('Deployment', { status })).toBe(false);
  });

  test('conditions', () => {
    const conditions = [{ type: 'Progressing', status: 'odd', reason: 'R', message: 'M' }, {}];
    expect(workloadFrom('Deployment', { status: { conditions } }).conditions).toEqual([
      { type: 'Progressing', status: 'Unknown', reason: 'R', message: 'M' },
      { type: '', status: 'Unknown', reason: '', message: '' },
    ]);
  });
});

test('of what a pod is made, as far as it reads a ConfigMap', () => {
  const keyRef = { name: 'models', key: 'llm', optional: true };
  const spec = {
    nodeName: 'left out',
    initContainers: [{ name: 'fetch', command: ['sh', '-c', 'x $(V)'], args: ['y'] }],
    containers: [
      {
        name: 'main',
        image: 'left out',
        env: [
          { name: 'V', valueFrom: { configMapKeyRef: keyRef } },
          { name: 'S', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
          { name: 'P', value: '' },
        ],
        envFrom: [{ prefix: 'X_', configMapRef: { name: 'models' } }, { secretRef: { name: 's' } }],
        volumeMounts: [{ name: 'v', mountPath: '/x', subPath: 'a', subPathExpr: '$(V)' }],
      },
    ],
    volumes: [
      { name: 'v', configMap: { name: 'models', items: [{ key: 'llm', path: 'p' }] } },
      { name: 'w', projected: { sources: [{ configMap: { name: 'models' } }, { secret: {} }] } },
      { name: 'e', emptyDir: {} },
    ],
  };
  expect(podSpecFrom(spec)).toEqual({
    initContainers: [{ name: 'fetch', command: ['sh', '-c', 'x $(V)'], args: ['y'] }],
    containers: [
      {
        name: 'main',
        env: [
          { name: 'V', valueFrom: { configMapKeyRef: keyRef } },
          { name: 'S' },
          { name: 'P', value: '' },
        ],
        envFrom: [{ prefix: 'X_', configMapRef: { name: 'models' } }, {}],
        volumeMounts: [{ name: 'v', subPath: 'a', subPathExpr: '$(V)' }],
      },
    ],
    volumes: [
      { name: 'v', configMap: { name: 'models', items: [{ key: 'llm' }] } },
      { name: 'w', projected: { sources: [{ configMap: { name: 'models' } }, {}] } },
      { name: 'e' },
    ],
  });
});

test('a pod', () => {
  const owner = { kind: 'ReplicaSet', name: 'r', uid: 'ru' };
  const pod = podFrom({
    metadata: {
      ...{ namespace: 'ml', name: 'p', uid: 'u', deletionTimestamp: '2026-11-28T10:00:00Z' },
      creationTimestamp: '2026-11-28T09:00:00Z',
      ownerReferences: [
        { kind: 'Other', name: 'o', uid: 'ou' },
        { ...owner, controller: true },
      ],
    },
    status: {
      phase: 'Running',
      initContainerStatuses: [
        { name: 'i', ready: true, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
      ],
      containerStatuses: [
        {
          name: 'm',
          restartCount: 2,
          state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } },
          lastState: { terminated: { exitCode: 137, reason: 'OOMKilled', message: 'x' } },
        },
      ],
    },
  });
  expect(pod).toEqual({
    ...{ namespace: 'ml', name: 'p', uid: 'u', isDeleting: true, phase: 'Running', owner },
    created: Date.UTC(2026, 10, 28, 9),
    labels: new Map(),
    annotations: new Map(),
    conditions: [],
    containers: [
      {
        ...{ name: 'i', isInit: true, isReady: true, restarts: 0 },
        terminated: { reason: 'Completed', exitCode: 0, message: '' },
      },
      {
        ...{ name: 'm', isInit: false, isReady: false, restarts: 2 },
        waiting: { reason: 'CrashLoopBackOff', message: 'back-off' },
        last: { reason: 'OOMKilled', exitCode: 137, message: 'x' },
      },
    ],
  });
  expect(podFrom({})).toMatchObject({ created: 0, isDeleting: false, containers: [] });
});

test('events of older and of newer ones who tell them', () => {
  const at = (hour: number): string => `2026-11-28T0${hour}:00:00Z`;
  const events = [
    { reason: 'c', eventTime: at(3), series: { count: 4, lastObservedTime: at(5) } },
    { reason: 'b', lastTimestamp: at(2), count: 2 },
    { reason: 'd', eventTime: at(4), lastTimestamp: null },
    { reason: 'a', metadata: { creationTimestamp: at(1) } },
  ];
  expect(eventsFrom(events).map(({ reason, count }) => `${reason}${count}`)).toEqual([
    'a1',
    'b2',
    'd1',
    'c4',
  ]);
});

test('a stamp tests first, makes the map that is not there, and takes away only what is', () => {
  const tests = [
    { op: 'test', path: '/metadata/uid', value: 'u' },
    { op: 'test', path: '/metadata/generation', value: 3 },
  ];
  const at = '/spec/template/metadata/annotations';
  const bare = workloadFrom('Deployment', { metadata: { uid: 'u', generation: 3 } });
  const wanted = new Map([
    ['a/b~c', '1'],
    ['gone', undefined],
  ]);
  expect(stampSteps(bare, wanted)).toEqual([
    ...tests,
    { op: 'add', path: at, value: {} },
    { op: 'add', path: `${at}/a~1b~0c`, value: '1' },
  ]);
  const annotations = new Map([['gone', 'x']]);
  const full = { ...bare, template: { ...bare.template, annotations } };
  expect(stampSteps(full, wanted)).toEqual([
    ...tests,
    { op: 'add', path: `${at}/a~1b~0c`, value: '1' },
    { op: 'remove', path: `${at}/gone` },
  ]);
  expect(stampSteps(bare, new Map([['gone', undefined]]))).toEqual(tests);
});
