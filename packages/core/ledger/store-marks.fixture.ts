import type { ModelVersion, Stage } from '../registry/entities.ts';
import { byNumber } from '../versions/registry-number.ts';
import {
  changeModel,
  changeVersion,
  failure,
  findVersion,
  modelOf,
  needs,
  type Store,
  versionsOf,
} from './store.fixture.ts';

/** Changes no time, of model or version. */
export function setAlias(store: Store, name: string, alias: string, number: string): void {
  needs(store, 'aliases');
  const { aliases } = modelOf(store, name);
  const version = findVersion(store, name, number);
  if (version === undefined) throw failure('missing');
  changeModel(store, name, { aliases: new Map([...aliases, [alias, version.number]]) });
}

export function removeAlias(store: Store, name: string, alias: string): void {
  needs(store, 'aliases');
  const aliases = new Map(modelOf(store, name).aliases);
  aliases.delete(alias);
  changeModel(store, name, { aliases });
}

/** A version as it is read alone: only then are its aliases with it. */
export function shown(store: Store, version: ModelVersion): ModelVersion {
  const { aliases } = modelOf(store, version.model);
  const own = [...aliases].filter(([, number]) => number === version.number);
  if (own.length === 0) return version;
  return { ...version, more: { ...version.more, aliases: own.map(([alias]) => alias) } };
}

export function aliased(store: Store, name: string, alias: string): ModelVersion | undefined {
  needs(store, 'aliases');
  const number = store.models.get(name)?.aliases.get(alias);
  const version = number === undefined ? undefined : findVersion(store, name, number);
  return version && shown(store, version);
}

/** In one transaction all others of the stage are archived, with the time of the one that comes. */
export function moveToStage(
  store: Store,
  name: string,
  number: string,
  stage: Stage,
  archiveOthers: boolean,
): ModelVersion {
  needs(store, 'stages');
  const moved = changeVersion(store, name, number, () => ({ stage, updated: store.now }));
  const others = versionsOf(store, name).filter(
    (one) => archiveOthers && one.stage === stage && one.number !== moved.number,
  );
  for (const other of others) {
    changeVersion(store, name, other.number, () => ({ stage: 'Archived', updated: store.now }));
  }
  changeModel(store, name, { updated: store.now });
  return shown(store, moved);
}

export function latestVersions(
  store: Store,
  name: string,
  stages: readonly Stage[],
): ModelVersion[] {
  needs(store, 'stages');
  const wanted: readonly string[] = stages;
  const latest = new Map<string, ModelVersion>();
  const all = [...(store.versions.get(name) ?? [])];
  for (const version of all.sort((a, b) => byNumber(b.number, a.number))) {
    const isWanted = wanted.length === 0 || wanted.includes(version.stage);
    if (isWanted && !latest.has(version.stage)) latest.set(version.stage, version);
  }
  return [...latest.values()];
}

/** Its aliases go with it, and its number is not given again. */
export function deleteVersion(store: Store, name: string, number: string): void {
  const version = findVersion(store, name, number);
  if (version === undefined) throw failure('missing');
  const aliases = [...modelOf(store, name).aliases].filter(([, at]) => at !== version.number);
  changeModel(store, name, { aliases: new Map(aliases), updated: store.now });
  const others = versionsOf(store, name).filter((one) => one !== version);
  store.versions.set(name, others);
}
