import { InputError } from '../errors.ts';
import type { Places } from '../promotions/carry-out.ts';
import type { Step, Way } from '../promotions/step.ts';
import type { Call } from '../registry/registry.ts';
import { together } from '../together.ts';
import type { Cluster } from './cluster.ts';
import type { ConfigMap, Manager } from './configmap.ts';
import { lastWriterOf } from './owners/last-writer.ts';
import {
  CONFIGMAP,
  changeOf,
  namedIn,
  namedText,
  refIn,
  refPlace,
  standsInConfigMap,
  standsInWorkload,
  strangeKeys,
} from './steps.ts';
import type { Workload } from './workload.ts';

/** Objects as they were seen last. */
export interface SeenObjects {
  readonly configMap?: ConfigMap | undefined;
  readonly workloads: readonly Workload[];
}

export interface ClusterPlaces extends Places {
  /** What was seen is old: the next look asks the server. */
  forget(): void;
  /** Whether we have written there, or may have. */
  isTouched(step: Step): boolean;
  /** Workloads as they were seen or written last. */
  workload(step: Step): Workload | undefined;
  /** Who else has last written what stands in a ConfigMap as nobody had planned it. */
  writer(step: Step): Manager | undefined;
}

/**
 * A ConfigMap and what reads it. Every write is under the version that was seen, so that an object which was seen
 * before need not be asked for again: where it has changed since, the write fails, and the next look is a new one.
 */
export function clusterPlaces(
  cluster: Pick<
    Cluster,
    'configMap' | 'createConfigMap' | 'changeConfigMap' | 'workload' | 'stamp'
  >,
  seen?: SeenObjects,
): ClusterPlaces {
  const configMaps = new Map<string, ConfigMap | undefined>();
  const workloads = new Map<string, Workload | undefined>();
  const touched = new Set<string>();
  if (seen?.configMap) configMaps.set(namedText(seen.configMap), seen.configMap);
  for (const one of seen?.workloads ?? []) workloads.set(refPlace(one), one);

  async function readOne(step: Step, call: Call): Promise<string> {
    const { kind, place } = step;
    if (kind === CONFIGMAP) {
      if (!configMaps.has(place))
        configMaps.set(place, await cluster.configMap(namedIn(place), call));
      return standsInConfigMap(step, configMaps.get(place));
    }
    if (!workloads.has(place)) workloads.set(place, await cluster.workload(refIn(place), call));
    return standsInWorkload(step, workloads.get(place));
  }

  async function writeOne(step: Step, way: Way, call: Call) {
    const { kind, place } = step;
    const change = changeOf(step, way);
    if (change === undefined) throw new InputError(`The step of ${place} says nothing to write.`);
    touched.add(place);
    if (kind === CONFIGMAP) {
      const there = configMaps.get(place);
      configMaps.delete(place);
      const now = there
        ? await cluster.changeConfigMap(there, change, call)
        : await cluster.createConfigMap(namedIn(place), change, call);
      configMaps.set(place, now);
      return;
    }
    const there = workloads.get(place);
    workloads.delete(place);
    if (there) workloads.set(place, await cluster.stamp(there, change.annotations, call));
  }

  return {
    read: (steps, call) =>
      together(
        call.signal,
        steps.map((step) => (signal: AbortSignal) => readOne(step, { ...call, signal })),
      ),
    write: writeOne,
    forget() {
      configMaps.clear();
      workloads.clear();
    },
    // Of a move that another process began, nobody knows how far it has come and gone.
    isTouched: ({ place }) => seen === undefined || touched.has(place),
    workload: ({ place }) => workloads.get(place),
    writer(step) {
      const there = configMaps.get(step.place);
      return there && lastWriterOf(there, strangeKeys(step, there));
    },
  };
}
