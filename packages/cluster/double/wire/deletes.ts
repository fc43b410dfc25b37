import { type Fields, type Item, isFields } from '../objects.ts';
import { NAMESPACES, PODS, RESOURCES, type Resource } from '../resources.ts';
import type { Store } from '../store/store.ts';
import { removed } from '../store/writes.ts';
import { type Answer, type Call, ok } from './call.ts';
import { existing } from './reads.ts';
import { filterOf } from './selectors.ts';
import { badRequest, conflict } from './status.ts';
import { writeOptions } from './write-options.ts';

function optionsIn(body: string): Fields {
  if (body === '') return {};
  try {
    const options: unknown = JSON.parse(body);
    return isFields(options) ? options : {};
  } catch {
    throw badRequest('invalid DeleteOptions');
  }
}

function checkPreconditions(resource: Resource, item: Item, options: Fields): void {
  const { uid, resourceVersion } = item.metadata;
  const given = options['preconditions'];
  if (!isFields(given)) return;
  // Here the server names the kind where it names the plural elsewhere.
  const of = { group: resource.group, plural: resource.kind };
  const differs = (what: string, asked: unknown, found: string, might: string) =>
    conflict(
      of,
      item.metadata.name,
      `the ${what} in the precondition (${String(asked)}) does not match the ${what} in record (${found}). The object might have been ${might}`,
    );
  if (given['uid'] !== undefined && given['uid'] !== uid) {
    throw differs('UID', given['uid'], uid, 'deleted and then recreated');
  }
  const asked = given['resourceVersion'];
  if (asked !== undefined && asked !== resourceVersion) {
    throw differs('ResourceVersion', asked, resourceVersion, 'modified');
  }
}

/** Without their owner, objects stay only if that is asked for. */
function orphan(store: Store, owner: Item): void {
  for (const resource of RESOURCES) {
    for (const item of store.list(resource)) {
      const owners = item.metadata.ownerReferences ?? [];
      const left = owners.filter(({ uid }) => uid !== owner.metadata.uid);
      if (left.length === owners.length) continue;
      const { ownerReferences: _, ...metadata } = item.metadata;
      const kept = left.length > 0 ? { ...metadata, ownerReferences: left } : metadata;
      store.keep(resource, { ...item, metadata: kept }, item);
    }
  }
}

function emptied(store: Store, namespace: string): void {
  for (const resource of RESOURCES.filter((one) => one.namespaced)) {
    for (const item of store.list(resource, namespace)) removed(store, resource, item);
  }
}

function done(resource: Resource, item: Item): Answer {
  const { name, uid } = item.metadata;
  const details = {
    name,
    ...(resource.group !== '' && { group: resource.group }),
    kind: resource.plural,
    uid,
  };
  return ok({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details });
}

export function remove(call: Call): Answer {
  const { store, resource, query, agent } = call;
  const { dryRun } = writeOptions('DeleteOptions', query, agent);
  const options = optionsIn(call.body);
  const item = existing(call);
  checkPreconditions(resource, item, options);
  const policy = query.get('propagationPolicy') ?? options['propagationPolicy'];
  if (!dryRun) {
    if (policy === 'Orphan') orphan(store, item);
    if (resource === NAMESPACES) emptied(store, item.metadata.name);
    const gone = removed(store, resource, item);
    if (resource === PODS) return ok(gone);
  }
  if (resource === NAMESPACES) return ok({ ...item, status: { phase: 'Terminating' } });
  return resource === PODS ? ok(item) : done(resource, item);
}

export function removeAll(call: Call): Answer {
  const { store, resource, address, query } = call;
  const chosen = store.list(resource, address.namespace).filter(filterOf(query, resource));
  for (const item of chosen) removed(store, resource, item);
  return ok({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' });
}
