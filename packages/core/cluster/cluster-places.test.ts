import { expect, test } from 'vitest';
import { standsOf } from '../promotions/step.ts';
import { clusterPlaces } from './cluster-places.ts';
import type { ConfigMap } from './configmap.ts';
import { ClusterError } from './error.ts';
import { workloadOf } from './reading/workload.fixture.ts';
import { configMapStep, restartStep } from './steps.ts';
import type { Workload } from './workload.ts';

const PLACE = { namespace: 'shop', name: 'models' };
const { signal } = new AbortController();
const CALL = { signal };

const stale = () =>
  new ClusterError({ reason: 'contended', effect: 'none' }, { message: 'It has changed.' });

/** One ConfigMap and one workload, as a server keeps them. */
function cluster(there: ConfigMap | undefined) {
  const asked: string[] = [];
  let [map, workload] = [there, workloadOf() as Workload | undefined];
  const merged = (
    before: ReadonlyMap<string, string>,
    change: ReadonlyMap<string, string | undefined>,
  ): Map<string, string> => {
    const all = new Map(before);
    for (const [key, value] of change) {
      if (value === undefined) all.delete(key);
      else all.set(key, value);
    }
    return all;
  };
  return {
    asked,
    lose() {
      map = undefined;
      workload = undefined;
    },
    get map() {
      return map;
    },
    async configMap() {
      asked.push('configMap');
      return map;
    },
    async workload() {
      asked.push('workload');
      return workload;
    },
    async changeConfigMap(
      seen: ConfigMap,
      { data, annotations }: Pick<ConfigMap, 'data' | 'annotations'>,
    ) {
      asked.push('change');
      if (map === undefined || seen.resourceVersion !== map.resourceVersion) throw stale();
      const resourceVersion = String(Number(map.resourceVersion) + 1);
      const [now, notes] = [merged(map.data, data), merged(map.annotations, annotations)];
      map = { ...map, resourceVersion, data: now, annotations: notes };
      return map;
    },
    async createConfigMap(_: unknown, { data }: Pick<ConfigMap, 'data'>) {
      asked.push('create');
      if (map) throw stale();
      map = configMapOf({ ...Object.fromEntries(data) });
      return map;
    },
    async stamp(seen: Workload, annotations: ReadonlyMap<string, string | undefined>) {
      asked.push('stamp');
      if (workload === undefined || seen.generation !== workload.generation) throw stale();
      const template = {
        ...seen.template,
        annotations: merged(seen.template.annotations, annotations),
      };
      workload = { ...workload, generation: workload.generation + 1, template };
      return workload;
    },
  };
}

function configMapOf(data: Record<string, string>, resourceVersion = '1'): ConfigMap {
  return {
    ...{ ...PLACE, uid: 'u', resourceVersion, data: new Map(Object.entries(data)) },
    ...{ binaryKeys: [], labels: new Map(), annotations: new Map() },
    ...{ isImmutable: false, managers: [] },
  };
}

const SEEN = configMapOf({ current: 'v1' });
const change = { data: new Map([['current', 'v2']]), annotations: new Map() };
const STEPS = [
  configMapStep(PLACE, SEEN, change),
  restartStep(workloadOf(), new Map([['version', 'v2']])),
];
const [MAP, RESTART] = STEPS as [(typeof STEPS)[0], (typeof STEPS)[0]];

test('what was seen is not asked for again, and neither is what was written', async () => {
  const server = cluster(SEEN);
  const places = clusterPlaces(server as never, { configMap: SEEN, workloads: [workloadOf()] });
  const stands = async () => standsOf(STEPS, await places.read(STEPS, CALL));
  expect(await stands()).toEqual(['before', 'before']);
  await places.write(MAP, 'forward', CALL);
  await places.write(RESTART, 'forward', CALL);
  expect(await stands()).toEqual(['after', 'after']);
  await places.write(MAP, 'back', CALL);
  await places.write(RESTART, 'back', CALL);
  expect(await stands()).toEqual(['before', 'before']);
  expect(server.asked).toEqual(['change', 'stamp', 'change', 'stamp']);
  expect(places.workload(RESTART)?.generation).toBe(4);
});

test('a write by an old look fails, and the next look asks the server', async () => {
  const server = cluster(configMapOf({ current: 'v1', theirs: 'x' }, '7'));
  const places = clusterPlaces(server as never, { configMap: SEEN, workloads: [] });
  await places.read([MAP], CALL);
  await expect(places.write(MAP, 'forward', CALL)).rejects.toThrow('It has changed');
  expect(standsOf([MAP], await places.read([MAP], CALL))).toEqual(['before']);
  await places.write(MAP, 'forward', CALL);
  expect(server.map?.data).toEqual(new Map(Object.entries({ current: 'v2', theirs: 'x' })));
});

test('forgets when told to: then all is asked for again', async () => {
  const server = cluster(SEEN);
  const places = clusterPlaces(server as never, { configMap: SEEN, workloads: [workloadOf()] });
  server.lose();
  expect(standsOf(STEPS, await places.read(STEPS, CALL))).toEqual(['before', 'before']);
  places.forget();
  expect(standsOf(STEPS, await places.read(STEPS, CALL))).toEqual(['foreign', 'foreign']);
  expect(server.asked.toSorted()).toEqual(['configMap', 'workload']);
});

test('one that is yet to be made is made, and emptied on the way back', async () => {
  const server = cluster(undefined);
  const step = configMapStep(PLACE, undefined, change);
  const places = clusterPlaces(server as never);
  expect(standsOf([step], await places.read([step], CALL))).toEqual(['before']);
  await places.write(step, 'forward', CALL);
  await places.write(step, 'back', CALL);
  expect(server.map?.data).toEqual(new Map());
  expect(server.asked).toEqual(['configMap', 'create', 'change']);
});

test('who has written last is said of strange keys alone', async () => {
  const managers = [
    { name: 'kubectl-edit', operation: 'Update' as const, at: 5, keys: ['current'] },
    { name: 'helm', operation: 'Update' as const, at: 9, keys: ['other'] },
  ];
  const places = (data: Record<string, string>) =>
    clusterPlaces({} as never, { configMap: { ...configMapOf(data), managers }, workloads: [] });
  expect(places({ current: 'v9' }).writer(MAP)?.name).toBe('kubectl-edit');
  expect(places({ current: 'v1' }).writer(MAP)).toBeUndefined();
  expect(clusterPlaces({} as never).writer(MAP)).toBeUndefined();
});

test('a step that says nothing to write is refused', async () => {
  const places = clusterPlaces(cluster(SEEN) as never);
  await expect(places.write({ ...MAP, after: 'x' }, 'forward', CALL)).rejects.toThrow(
    'says nothing to write',
  );
});
