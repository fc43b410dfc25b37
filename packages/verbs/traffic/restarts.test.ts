import type { ConfigMap } from '@passmuster/core/cluster/configmap.ts';
import { readersOf } from '@passmuster/core/cluster/reading/readers.ts';
import { hasStamp, STAMP, stampOf } from '@passmuster/core/cluster/reading/stamp.ts';
import { workloadOf } from '@passmuster/core/cluster/reading/workload.fixture.ts';
import { keysIn, USUAL_KEYS } from '@passmuster/core/cluster/serving.ts';
import { changeIn } from '@passmuster/core/cluster/steps.ts';
import type { Workload } from '@passmuster/core/cluster/workload.ts';
import { expect, test } from 'vitest';
import type { SeenTraffic } from './look.ts';
import { restartsFor } from './restarts.ts';
import type { Target } from './target.ts';

const DATA = new Map([
  ['current_version', 'v1'],
  ['canary_version', 'v1'],
  ['canary_traffic_percentage', '0'],
]);

/** A workload that reads these keys, stamped with what they said, or not at all. */
function reading(
  name: string,
  keys: readonly string[],
  stamped?: ReadonlyMap<string, string>,
): Workload {
  const env = keys.map((key) => ({
    name: key.toUpperCase(),
    valueFrom: { configMapKeyRef: { name: 'models', key } },
  }));
  const plain = workloadOf({ name, uid: name }, { containers: [{ name: 'main', env }] });
  const annotations = new Map(
    stamped ? stampOf({ keys }, stamped, { version: stamped.get(keys[0] ?? '') ?? '' }) : [],
  );
  return { ...plain, template: { ...plain.template, annotations } };
}

function restarted(
  workloads: readonly Workload[],
  changed: Readonly<Record<string, string>>,
  restart: readonly string[] = [],
) {
  const configmap = { place: { namespace: 'shop', name: 'models' }, keys: USUAL_KEYS };
  const target = { configmap, rollout: { restart } } as unknown as Target;
  const configMap = { data: DATA } as unknown as ConfigMap;
  const readers = readersOf(workloads, 'models', keysIn(USUAL_KEYS));
  const seen: SeenTraffic = { configMap, workloads, readers };
  const { steps, problems } = restartsFor(target, seen, new Map(Object.entries(changed)));
  const names = steps.map(({ place }) => place.split('/').at(-1));
  return { steps, names, said: problems.map(({ message, hint }) => `${message} ${hint}`) };
}

const CURRENT = ['current_version'];
const CANARY = ['canary_version'];
const current = { current_version: 'v2' };

test.each<[string, Workload[], Record<string, string>, string[]]>([
  ['who reads what changes', [reading('a', CURRENT), reading('b', CANARY)], current, ['a']],
  [
    'who reads the other',
    [reading('a', CURRENT), reading('b', CANARY)],
    { canary_version: 'v2' },
    ['b'],
  ],
  ['who reads both', [reading('a', [...CURRENT, ...CANARY])], { canary_version: 'v2' }, ['a']],
  ['nobody, where nothing changes', [reading('a', CURRENT)], {}, []],
  [
    'nobody, where only others change',
    [reading('a', CURRENT)],
    { canary_traffic_percentage: '5' },
    [],
  ],
  [
    'nobody who runs with it already',
    [reading('a', CURRENT, new Map(Object.entries(current)))],
    current,
    [],
  ],
  [
    'who carries an old stamp, though nothing changes',
    [reading('a', CURRENT, new Map(Object.entries(current)))],
    {},
    ['a'],
  ],
  ['nobody who carries the stamp of what stands', [reading('a', CURRENT, DATA)], {}, []],
])('is started anew: %s', (_, workloads, changed, names) => {
  expect(restarted(workloads, changed).names).toEqual(names);
});

test('the stamp is of the keys that it reads, and says the version that it serves', () => {
  const { steps } = restarted([reading('a', CURRENT), reading('b', CANARY)], {
    ...{ current_version: 'v2', canary_version: 'v3' },
  });
  const stamps = steps.map(({ after }) => changeIn(after)?.annotations);
  expect(stamps.map((one) => one?.get(STAMP.version))).toEqual(['v2', 'v3']);
  const now = new Map([...DATA, ['current_version', 'v2']]);
  expect(
    hasStamp(
      stamps[0] as ReadonlyMap<string, string>,
      stampOf({ keys: CURRENT }, now, { version: 'v2' }),
    ),
  ).toBe(true);
});

const three = [
  reading('api', CURRENT),
  { ...reading('api', []), kind: 'StatefulSet', uid: 's' } as Workload,
  reading('idle', []),
];

test.each<[string[], string[]]>([
  [['none'], []],
  [['deployment/api'], ['api']],
  [['deploy/api', 'deployments/api'], ['api']],
  [['sts/api'], ['api']],
  [['api'], ['api', 'api']],
  [['idle'], ['idle']],
])('of those that are named: %j', (restart, names) => {
  expect(restarted(three, current, restart)).toMatchObject({ names, said: [] });
});

test.each(['deployment/nobody', 'daemonset/api', 'pod/api', 'nobody', ''])(
  'a name that is nobody’s lists those there are: %j',
  (wanted) => {
    const { said, names } = restarted(three, current, [wanted, 'deployment/api']);
    expect(names).toEqual(['api']);
    expect(said).toEqual([
      `\`restart\` names ${wanted}, which is no workload of the namespace. There is \`deployment/api\`, \`statefulset/api\`, \`deployment/idle\`.`,
    ]);
  },
);

test('of many, some are listed; of none, that is said', () => {
  const many = Array.from({ length: 12 }, (_, at) => reading(`w${at}`, []));
  expect(restarted(many, current, ['x']).said[0]).toMatch(/`deployment\/w9`, …\.$/);
  expect(restarted([], current, ['x']).said[0]).toContain('The namespace has no Deployment');
});
