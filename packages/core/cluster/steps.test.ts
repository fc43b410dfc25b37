import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standOf } from '../promotions/step.ts';
import type { ConfigMap } from './configmap.ts';
import { workloadOf } from './reading/workload.fixture.ts';
import {
  changeIn,
  configMapStep,
  namedIn,
  refIn,
  refPlace,
  restartStep,
  standsInConfigMap,
  standsInWorkload,
  stoodIn,
  strangeKeys,
} from './steps.ts';

const PLACE = { namespace: 'ml', name: 'versions' };

const configMapOf = (
  data: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>> = {},
  uid = 'u',
): ConfigMap => ({
  ...{ ...PLACE, uid, resourceVersion: '1', binaryKeys: [], labels: new Map() },
  ...{ data: new Map(Object.entries(data)), annotations: new Map(Object.entries(annotations)) },
  ...{ isImmutable: false, managers: [] },
});

const change = (
  data: Record<string, string>,
  annotations: Record<string, string | undefined> = {},
) => ({
  data: new Map(Object.entries(data)),
  annotations: new Map(Object.entries(annotations)),
});

const SEEN = configMapOf({ current: 'v1', theirs: 'x' }, { note: 'a' });
const STEP = configMapStep(PLACE, SEEN, change({ current: 'v2', share: '0' }, { note: 'b' }));

test.each<[string, ConfigMap | undefined, string]>([
  ['as it was seen', SEEN, 'before'],
  ['as it is to be', configMapOf({ current: 'v2', share: '0' }, { note: 'b' }), 'after'],
  [
    'with other keys',
    configMapOf({ current: 'v1', theirs: 'y', more: 'z' }, { note: 'a' }),
    'before',
  ],
  ['half of it', configMapOf({ current: 'v2' }, { note: 'a' }), 'foreign'],
  ['with another version', configMapOf({ current: 'v9' }, { note: 'a' }), 'foreign'],
  ['with another note', configMapOf({ current: 'v1' }, { note: 'c' }), 'foreign'],
  ['made anew with the same', configMapOf({ current: 'v1' }, { note: 'a' }, 'other'), 'foreign'],
  ['deleted', undefined, 'foreign'],
])('a ConfigMap that stands %s', (_, now, stand) => {
  expect(standOf(STEP, standsInConfigMap(STEP, now))).toBe(stand);
});

test('one that is yet to be made has nothing, whether it is there or not', () => {
  const step = configMapStep(PLACE, undefined, change({ current: 'v1' }));
  expect(standOf(step, standsInConfigMap(step, undefined))).toBe('before');
  expect(standOf(step, standsInConfigMap(step, configMapOf({})))).toBe('before');
  expect(standOf(step, standsInConfigMap(step, configMapOf({ current: 'v1' }, {}, 'any')))).toBe(
    'after',
  );
  expect(standOf(step, standsInConfigMap(step, configMapOf({ current: 'v7' })))).toBe('foreign');
});

test('a workload stands by its stamps alone, and only while it is the same', () => {
  const annotations = (stamps: Record<string, string>, uid = 'u') =>
    workloadOf({
      uid,
      template: {
        ...workloadOf().template,
        annotations: new Map(Object.entries({ theirs: 'x', ...stamps })),
      },
    });
  const step = restartStep(annotations({}), new Map([['version', 'v2']]));
  const stand = (...now: Parameters<typeof annotations>) =>
    standOf(step, standsInWorkload(step, annotations(...now)));
  expect(stand({})).toBe('before');
  expect(stand({ version: 'v2' })).toBe('after');
  expect(stand({ version: 'v3' })).toBe('foreign');
  expect(stand({}, 'other')).toBe('foreign');
  expect(standOf(step, standsInWorkload(step, undefined))).toBe('foreign');
});

test('what is written back takes away what was not there', () => {
  expect(changeIn(STEP.before)).toEqual({
    data: new Map([
      ['current', 'v1'],
      ['share', undefined],
    ]),
    annotations: new Map([['note', 'a']]),
  });
});

test('keys are strange that say neither what they said nor what they were to say', () => {
  const of = (data: Record<string, string>) => strangeKeys(STEP, configMapOf(data));
  expect(of({ current: 'v1' })).toEqual([]);
  expect(of({ current: 'v2', share: '0' })).toEqual([]);
  expect(of({ current: 'v2' })).toEqual([]);
  expect(of({ current: 'v9', share: '5' })).toEqual(['current', 'share']);
  expect(of({})).toEqual(['current']);
});

test.each([
  'gone',
  '',
  'null',
  '[]',
  '{}',
  '{"annotations":null}',
  '{"annotations":{"a":1}}',
  '{"annotations":{},"data":"x"}',
  '{"annotations":{},"data":{"a":{}}}',
])('%j is no value of ours', (value) => {
  expect(stoodIn(value)).toBeUndefined();
  expect(changeIn(value)).toBeUndefined();
});

test('whatever stands in a record, it is read or is none', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (value) => {
      const stood = stoodIn(value);
      if (stood) expect(changeIn(value)).toBeDefined();
      expect(standsInConfigMap({ ...STEP, before: value }, SEEN)).toEqual(expect.any(String));
    }),
  );
});

test('places say what they are of, and are read back', () => {
  expect(namedIn(STEP.place)).toEqual(PLACE);
  const ref = { kind: 'StatefulSet', namespace: 'ml', name: 'a.b' } as const;
  expect(refIn(refPlace(ref))).toEqual(ref);
});

test('the order of names changes nothing', () => {
  const other = configMapStep(PLACE, SEEN, change({ share: '0', current: 'v2' }, { note: 'b' }));
  expect(other).toEqual(STEP);
});
