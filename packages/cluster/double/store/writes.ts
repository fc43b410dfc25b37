import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { configMapCauses, configMapChangeCauses } from '../checks/config-map.ts';
import { metadataCauses } from '../checks/metadata.ts';
import { workloadCauses, workloadChangeCauses } from '../checks/workload.ts';
import {
  type ConfigMap,
  copy,
  type Draft,
  type Fields,
  type Item,
  type Metadata,
} from '../objects.ts';
import { apiVersionOf, CONFIG_MAPS, NAMESPACES, type Resource } from '../resources.ts';
import { type Cause, invalid, invalidValue } from '../wire/status.ts';
import { withDefaults } from './defaults.ts';
import { withoutEmpties } from './empties.ts';
import { managed } from './managed-fields.ts';
import type { Store } from './store.ts';
import { withTemplateCount } from './template-generation.ts';

export interface Writing {
  readonly manager: string;
  readonly subresource?: string;
  readonly dryRun?: boolean;
  /** Keeps what a client cannot set: for objects that a test lays down. */
  readonly seed?: boolean;
}

/** The server's times have whole seconds. */
export const stamp = (at: number = Date.now()): string =>
  new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

function complain(resource: Resource, name: string, causes: readonly Cause[]): void {
  if (causes.length > 0) throw invalid(resource, name, causes);
}

const causesOf = (draft: Draft): Cause[] => [
  ...metadataCauses(draft),
  ...(draft.kind === 'ConfigMap' ? configMapCauses(draft as ConfigMap) : []),
  ...workloadCauses(draft),
];

/** Counters that are there even at zero. */
const FIRST_STATUS: Readonly<Record<string, Fields>> = {
  Pod: { phase: 'Pending', qosClass: 'BestEffort' },
  ReplicaSet: { replicas: 0 },
  StatefulSet: { replicas: 0, availableReplicas: 0 },
  DaemonSet: {
    currentNumberScheduled: 0,
    numberMisscheduled: 0,
    desiredNumberScheduled: 0,
    numberReady: 0,
  },
};

/** A draft as the server would keep it. */
const settled = (raw: Draft, before?: Item): Draft =>
  withTemplateCount(withDefaults(withoutEmpties(copy(raw))), before);

/** What a fresh object has of status, whoever makes it. */
function firstStatus(resource: Resource): unknown {
  if (resource === NAMESPACES) return { phase: 'Active' };
  return FIRST_STATUS[resource.kind] ?? (resource.subresources.includes('status') ? {} : undefined);
}

export function created(store: Store, resource: Resource, raw: Draft, writing: Writing): Item {
  const draft = settled(raw);
  const { name = '', namespace, labels, annotations, ownerReferences } = draft.metadata;
  complain(resource, name, causesOf(draft));
  const at = stamp();
  const metadata: Metadata = {
    name,
    ...(draft.metadata.generateName && { generateName: draft.metadata.generateName }),
    ...(resource.namespaced && namespace && { namespace }),
    uid: (writing.seed && draft.metadata.uid) || randomUUID(),
    resourceVersion: '',
    ...(resource.counted && { generation: 1 }),
    creationTimestamp: (writing.seed && draft.metadata.creationTimestamp) || at,
    ...(resource === NAMESPACES
      ? { labels: { ...labels, 'kubernetes.io/metadata.name': name } }
      : labels && { labels }),
    ...(annotations && { annotations }),
    ...(ownerReferences && { ownerReferences }),
    ...managedPart(resource, undefined, draft, writing, at),
  };
  const status = (writing.seed && draft['status']) || firstStatus(resource);
  const { status: _, kind: _k, apiVersion: _v, metadata: _m, ...rest } = draft;
  const item: Item = {
    kind: resource.kind,
    apiVersion: apiVersionOf(resource),
    metadata,
    ...rest,
    ...(status !== undefined && { status }),
  };
  return writing.dryRun ? item : store.keep(resource, copy(item));
}

function managedPart(
  resource: Resource,
  before: Item | undefined,
  draft: Draft,
  writing: Writing,
  at: string,
): Pick<Metadata, 'managedFields'> {
  if (resource !== CONFIG_MAPS) return {};
  const given = draft.metadata.managedFields;
  if (writing.seed && given) return { managedFields: given };
  const whole = { ...draft, apiVersion: apiVersionOf(resource) };
  return { managedFields: managed(before, whole, writing.manager, at) };
}

function generationOf(resource: Resource, before: Item, after: Draft): number | undefined {
  const was = before.metadata.generation;
  if (was === undefined || !resource.counted) return was;
  const annotated =
    resource.kind === 'Deployment' &&
    !isDeepStrictEqual(before.metadata.annotations ?? {}, after.metadata.annotations ?? {});
  return annotated || !isDeepStrictEqual(before['spec'], after['spec']) ? was + 1 : was;
}

/** A pod that no node has got goes at once, and says in going that it does. */
export function removed(store: Store, resource: Resource, item: Item): Item {
  if (resource.kind !== 'Pod') return store.remove(resource, item);
  const { generation = 1 } = item.metadata;
  const ending = { deletionTimestamp: stamp(), deletionGracePeriodSeconds: 0 };
  const metadata = { ...item.metadata, generation: generation + 1, ...ending };
  return store.remove(resource, item, { ...item, metadata });
}

/** Only what may be written through this door: the spec or the status. */
function admitted(before: Item, draft: Draft, { subresource, seed }: Writing): Draft {
  if (subresource === 'status') {
    const { annotations } = draft.metadata;
    const { annotations: _, ...metadata } = before.metadata;
    const status = draft['status'];
    return { ...before, metadata: { ...metadata, ...(annotations && { annotations }) }, status };
  }
  return seed && draft['status'] !== undefined ? draft : { ...draft, status: before['status'] };
}

/** Puts a draft in the place of an object; one that changes nothing leaves no trace. */
export function updated(
  store: Store,
  resource: Resource,
  before: Item,
  raw: Draft,
  writing: Writing,
): Item {
  const draft = settled(admitted(before, raw, writing), before);
  const { name, uid } = before.metadata;
  const foreign = draft.metadata.uid !== undefined && draft.metadata.uid !== uid;
  const wrongUid = invalidValue('metadata.uid', draft.metadata.uid, 'field is immutable');
  complain(resource, name, [
    // The server looks twice.
    ...(foreign ? [wrongUid, wrongUid] : []),
    ...causesOf(draft),
    ...(resource === CONFIG_MAPS ? configMapChangeCauses(before, draft as ConfigMap) : []),
    ...workloadChangeCauses(before, draft),
  ]);
  const { labels, annotations, ownerReferences } = draft.metadata;
  const { labels: _l, annotations: _a, ownerReferences: _o, ...fixed } = before.metadata;
  const generation = writing.subresource
    ? before.metadata.generation
    : generationOf(resource, before, draft);
  const { kind: _k, apiVersion: _v, metadata: _m, ...rest } = draft;
  const after: Item = copy({
    kind: before.kind,
    apiVersion: before.apiVersion,
    metadata: {
      ...fixed,
      ...(generation !== undefined && { generation }),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(ownerReferences && { ownerReferences }),
    },
    ...rest,
  });
  const keepsOwners = !writing.seed || !draft.metadata.managedFields;
  if (keepsOwners && isDeepStrictEqual(after, copy(before))) return before;
  const changed: Item = {
    ...after,
    metadata: { ...after.metadata, ...managedPart(resource, before, draft, writing, stamp()) },
  };
  return writing.dryRun ? changed : store.keep(resource, changed, before);
}
