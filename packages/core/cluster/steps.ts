import type { Step, Way } from '../promotions/step.ts';
import type { Named } from './cluster.ts';
import type { ConfigMap, ConfigMapChange } from './configmap.ts';
import type { Workload, WorkloadKind, WorkloadRef } from './workload.ts';

/** What the ConfigMap at `place` says; its value is JSON of the keys and annotations that change. */
export const CONFIGMAP = 'configmap';
/** The stamp of the workload at `place`; its value is JSON of the annotations of its pod template. */
export const RESTART = 'restart';

export const isOfCluster = ({ kind }: Pick<Step, 'kind'>): boolean =>
  kind === CONFIGMAP || kind === RESTART;

/** Texts by name; `null` where there is none. */
type Texts = Readonly<Record<string, string | null>>;

/** What stands in an object, as far as a step is about it; only in the object that it was planned for. */
interface Stood {
  readonly uid?: string;
  readonly data?: Texts;
  readonly annotations: Texts;
}

const sorted = (texts: Texts): Texts =>
  Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));

const written = ({ uid, data, annotations }: Stood): string =>
  JSON.stringify({
    ...(uid !== undefined && { uid }),
    ...(data && { data: sorted(data) }),
    annotations: sorted(annotations),
  });

const isTexts = (value: unknown): value is Texts =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((one) => one === null || typeof one === 'string');

/** What a value of a step says; nothing where we would not have written it. */
export function stoodIn(value: string): Stood | undefined {
  try {
    const { uid, data, annotations }: Record<string, unknown> = JSON.parse(value);
    if (!isTexts(annotations) || (data !== undefined && !isTexts(data))) return undefined;
    return { annotations, ...(data && { data }), ...(typeof uid === 'string' && { uid }) };
  } catch {
    return undefined;
  }
}

const at = (names: Texts, map: ReadonlyMap<string, string>): Texts =>
  Object.fromEntries(Object.keys(names).map((name) => [name, map.get(name) ?? null]));

const textsOf = (map: ReadonlyMap<string, string | undefined>): Texts =>
  Object.fromEntries([...map].map(([name, value]) => [name, value ?? null]));

export const namedText = ({ namespace, name }: Named): string => `${namespace}/${name}`;

export function namedIn(place: string): Named {
  const slash = place.indexOf('/');
  return { namespace: place.slice(0, slash), name: place.slice(slash + 1) };
}

export const refPlace = ({ kind, namespace, name }: WorkloadRef): string =>
  `${namespace}/${kind}/${name}`;

export function refIn(place: string): WorkloadRef {
  const [namespace = '', kind = '', name = ''] = place.split('/');
  return { namespace, kind: kind as WorkloadKind, name };
}

const NO_TEXTS: ReadonlyMap<string, string> = new Map();

/** A change of a ConfigMap; of one that is yet to be made where none was seen. */
export function configMapStep(
  place: Named,
  seen: ConfigMap | undefined,
  change: ConfigMapChange,
): Step {
  const [data, annotations] = [textsOf(change.data), textsOf(change.annotations)];
  const uid = seen && { uid: seen.uid };
  const before = {
    ...uid,
    data: at(data, seen?.data ?? NO_TEXTS),
    annotations: at(annotations, seen?.annotations ?? NO_TEXTS),
  };
  return {
    kind: CONFIGMAP,
    place: namedText(place),
    before: written(before),
    after: written({ ...uid, data, annotations }),
  };
}

/** A workload is started anew by another stamp on its pods. */
export function restartStep(seen: Workload, stamp: ReadonlyMap<string, string>): Step {
  const annotations = textsOf(stamp);
  const { uid, template } = seen;
  return {
    kind: RESTART,
    place: refPlace(seen),
    before: written({ uid, annotations: at(annotations, template.annotations) }),
    after: written({ uid, annotations }),
  };
}

const GONE = 'gone';

/** What stands at the ConfigMap of a step. One that is not there yet has none of its keys. */
export function standsInConfigMap({ before }: Step, seen: ConfigMap | undefined): string {
  const stood = stoodIn(before);
  if (stood?.data === undefined) return GONE;
  const isNew = stood.uid === undefined;
  if (seen === undefined && !isNew) return GONE;
  return written({
    ...(!isNew && seen && { uid: seen.uid }),
    data: at(stood.data, seen?.data ?? NO_TEXTS),
    annotations: at(stood.annotations, seen?.annotations ?? NO_TEXTS),
  });
}

/** Keys that say neither what they said nor what they were to say. */
export function strangeKeys({ before, after }: Step, { data }: ConfigMap): readonly string[] {
  const [was, wanted] = [stoodIn(before)?.data ?? {}, stoodIn(after)?.data ?? {}];
  return Object.keys(wanted).filter((key) => {
    const now = data.get(key) ?? null;
    return now !== (was[key] ?? null) && now !== wanted[key];
  });
}

/** What stands at the workload of a step. */
export function standsInWorkload({ before }: Step, seen: Workload | undefined): string {
  const stood = stoodIn(before);
  if (stood === undefined || seen === undefined) return GONE;
  return written({ uid: seen.uid, annotations: at(stood.annotations, seen.template.annotations) });
}

const mapOf = (texts: Texts): Map<string, string | undefined> =>
  new Map(Object.entries(texts).map(([name, value]) => [name, value ?? undefined]));

/** Of what a step says, what differs on its way. */
export function changeOf({ before, after }: Step, way: Way): ConfigMapChange | undefined {
  const [goal, other] = (way === 'forward' ? [after, before] : [before, after]).map(changeIn);
  if (goal === undefined) return undefined;
  const differing = (part: 'data' | 'annotations') =>
    new Map([...goal[part]].filter(([name, value]) => other?.[part].get(name) !== value));
  return { data: differing('data'), annotations: differing('annotations') };
}

/** What is written so that a value stands; nothing for one that is none of ours. */
export function changeIn(value: string): ConfigMapChange | undefined {
  const stood = stoodIn(value);
  if (stood === undefined) return undefined;
  return { data: mapOf(stood.data ?? {}), annotations: mapOf(stood.annotations) };
}
