import type { ModelVersion, RegisteredModel } from '../registry/entities.ts';
import { RegistryError, type RegistryReason } from '../registry/error.ts';
import type { NewModel, NewVersion, VersionQuery } from '../registry/registry.ts';

/** What a registry holds, as far as a ledger needs one: every call takes effect at once and whole. */
export interface Store {
  readonly models: Map<string, RegisteredModel>;
  readonly versions: Map<string, ModelVersion[]>;
  /** By the server's clock. */
  now: number;
}

export const emptyStore = (): Store => ({ models: new Map(), versions: new Map(), now: 1_000_000 });

export const failure = (
  reason: RegistryReason,
  effect: 'none' | 'unknown' = 'none',
): RegistryError => new RegistryError({ reason, effect }, { message: `the double is ${reason}` });

export function createModel(store: Store, { name, description = '', tags }: NewModel) {
  if (store.models.has(name)) throw failure('exists');
  const model: RegisteredModel = {
    name,
    created: store.now,
    updated: store.now,
    description,
    tags: new Map(tags),
    aliases: new Map(),
    more: {},
  };
  store.models.set(name, model);
  store.versions.set(name, []);
  return model;
}

function versionsOf(store: Store, model: string): ModelVersion[] {
  const versions = store.versions.get(model);
  if (versions === undefined) throw failure('missing');
  return versions;
}

export function createVersion(store: Store, { model, source, tags }: NewVersion): ModelVersion {
  const versions = versionsOf(store, model);
  const version: ModelVersion = {
    model,
    number: String(versions.length + 1),
    created: store.now,
    updated: store.now,
    stage: 'None',
    description: '',
    source,
    runId: '',
    status: 'READY',
    statusMessage: '',
    tags: new Map(tags),
    more: {},
  };
  versions.push(version);
  return version;
}

/** As MLflow: a tag may be set again, and is then another. */
export function tagVersion(
  store: Store,
  model: string,
  number: string,
  key: string,
  value: string,
) {
  if (value.length > 5_000) throw failure('refused');
  const versions = versionsOf(store, model);
  const at = versions.findIndex((version) => version.number === number);
  const version = versions[at];
  if (version === undefined) throw failure('missing');
  versions[at] = { ...version, tags: new Map([...version.tags, [key, value]]) };
}

export function findVersion(store: Store, model: string, number: string): ModelVersion | undefined {
  return store.versions.get(model)?.find((version) => version.number === number);
}

export function searchVersions(store: Store, query: VersionQuery): ModelVersion[] {
  const all = store.versions.get(query.model ?? '') ?? [];
  const found = all.filter((version) =>
    [...(query.tags ?? [])].every(([key, value]) => version.tags.get(key) === value),
  );
  if (query.order !== 'oldest') found.reverse();
  return found.slice(0, query.most);
}
