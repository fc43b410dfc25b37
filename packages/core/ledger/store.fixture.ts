import type { ModelVersion, RegisteredModel, Run } from '../registry/entities.ts';
import { RegistryError, type RegistryReason } from '../registry/error.ts';
import type { Feature, NewModel, NewVersion, VersionQuery } from '../registry/registry.ts';
import { byNumber } from '../versions/registry-number.ts';

/** What a registry holds, as MLflow 2.22.5 on a database does: every call takes effect at once and whole. */
export interface Store {
  readonly models: Map<string, RegisteredModel>;
  readonly versions: Map<string, ModelVersion[]>;
  /** The highest number that each model ever gave; none is given twice. */
  readonly given: Map<string, number>;
  readonly experiments: Map<string, string>;
  readonly runs: Map<string, Run>;
  readonly files: Map<string, Uint8Array>;
  /** What this server has not. */
  readonly lacks: ReadonlySet<Feature>;
  /** By the server's clock, in whole milliseconds. */
  now: number;
}

/** When the server's clock begins. */
export const BEGINNING = 1_750_000_000_000;

export const emptyStore = (lacks: Iterable<Feature> = []): Store => ({
  models: new Map(),
  versions: new Map(),
  given: new Map(),
  experiments: new Map(),
  runs: new Map(),
  files: new Map(),
  lacks: new Set(lacks),
  now: BEGINNING,
});

const CODES: Partial<Record<RegistryReason, string>> = {
  exists: 'RESOURCE_ALREADY_EXISTS',
  refused: 'INVALID_PARAMETER_VALUE',
  missing: 'RESOURCE_DOES_NOT_EXIST',
};

export function failure(reason: RegistryReason, effect: 'none' | 'unknown' = 'none') {
  const code = CODES[reason];
  return new RegistryError(
    { reason, effect, ...(code !== undefined && { code }) },
    { message: `the double is ${reason}` },
  );
}

/** Fails as a server does that has no such thing. */
export function needs({ lacks }: Store, feature: Feature): void {
  if (lacks.has(feature)) throw failure('unsupported');
}

export function modelOf(store: Store, name: string): RegisteredModel {
  const model = store.models.get(name);
  if (model === undefined) throw failure('missing');
  return model;
}

export function changeModel(store: Store, name: string, change: Partial<RegisteredModel>): void {
  store.models.set(name, { ...modelOf(store, name), ...change });
}

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
  store.given.set(name, 0);
  return model;
}

export const versionsOf = (store: Store, model: string): ModelVersion[] => {
  modelOf(store, model);
  return store.versions.get(model) ?? [];
};

const SOURCE = /^(?!file:)[a-z][a-z0-9+.-]*:\/\/|^(?:models|runs|mlflow-artifacts):\//;

/** The version that another one was made from holds its files. */
function filesOf(store: Store, source: string): string {
  const [, model = '', number = ''] = /^models:\/(.+)\/(\d+)$/.exec(source) ?? [];
  const files = store.versions.get(model)?.find((one) => one.number === number)?.more['files'];
  return typeof files === 'string' ? files : source;
}

export function createVersion(
  store: Store,
  { model, source, runId = '', description = '', tags }: NewVersion,
): ModelVersion {
  const versions = versionsOf(store, model);
  if (!SOURCE.test(source) || source.includes('..')) throw failure('refused');
  const number = (store.given.get(model) ?? 0) + 1;
  store.given.set(model, number);
  const version: ModelVersion = {
    model,
    number: String(number),
    created: store.now,
    updated: store.now,
    stage: store.lacks.has('stages') ? '' : 'None',
    description,
    source,
    runId,
    status: 'READY',
    statusMessage: '',
    tags: new Map(tags),
    more: { files: filesOf(store, source) },
  };
  versions.push(version);
  changeModel(store, model, { updated: store.now });
  return version;
}

/** As MLflow, which counts: `01` is `1`. */
export const findVersion = (store: Store, model: string, number: string) =>
  store.versions.get(model)?.find((version) => byNumber(version.number, number) === 0);

export function changeVersion(
  store: Store,
  model: string,
  number: string,
  change: (version: ModelVersion) => Partial<ModelVersion>,
): ModelVersion {
  const version = findVersion(store, model, number);
  if (version === undefined) throw failure('missing');
  const versions = versionsOf(store, model);
  const changed = { ...version, ...change(version) };
  versions[versions.indexOf(version)] = changed;
  return changed;
}

const TAG_KEY = /^[/\w.\- :]{1,250}$/;
const LONGEST_TAG = 5_000;

/** As MLflow: a tag may be set again, and is then another. */
export function tagVersion(
  store: Store,
  model: string,
  number: string,
  key: string,
  value: string,
): void {
  if (!TAG_KEY.test(key) || key.includes('..')) throw failure('refused');
  if (value.length > LONGEST_TAG) throw failure('refused');
  changeVersion(store, model, number, ({ tags }) => ({ tags: new Map([...tags, [key, value]]) }));
}

export const holds = (
  tags: ReadonlyMap<string, string>,
  wanted: ReadonlyMap<string, string> | undefined,
): boolean => [...(wanted ?? [])].every(([key, value]) => tags.get(key) === value);

export function searchVersions(store: Store, query: VersionQuery): ModelVersion[] {
  const { model, runId, tags, order, most } = query;
  const all = model === undefined ? [...store.versions.values()].flat() : store.versions.get(model);
  const found = (all ?? []).filter(
    (version) => (runId === undefined || version.runId === runId) && holds(version.tags, tags),
  );
  if (order !== 'oldest') found.reverse();
  return found.slice(0, most);
}
