import type { RegisteredModel } from '../registry/entities.ts';
import type { ModelQuery } from '../registry/registry.ts';
import { changeModel, failure, holds, modelOf, type Store } from './store.fixture.ts';

/** What MLflow takes for a prompt, and lists with no model. */
const PROMPT = new Map([['mlflow.prompt.is_prompt', 'true']]);

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const like = (pattern: string): RegExp =>
  new RegExp(`^${pattern.split('%').map(literally).join('.*')}$`, 's');

export function searchModels(
  { models }: Store,
  { nameLike, tags, most }: ModelQuery,
): RegisteredModel[] {
  const isNamed = (name: string) => nameLike === undefined || like(nameLike).test(name);
  return [...models.values()]
    .filter((model) => isNamed(model.name) && holds(model.tags, tags))
    .filter((model) => !holds(model.tags, PROMPT))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map((model) => ({ ...model, aliases: new Map() }));
}

export function renameModel(store: Store, name: string, to: string): void {
  const model = modelOf(store, name);
  if (store.models.has(to)) throw failure('exists');
  const versions = store.versions.get(name) ?? [];
  const given = store.given.get(name) ?? 0;
  deleteModel(store, name);
  store.models.set(to, { ...model, name: to, updated: store.now });
  store.given.set(to, given);
  store.versions.set(
    to,
    versions.map((version) => ({ ...version, model: to })),
  );
}

export function deleteModel(store: Store, name: string): void {
  if (!store.models.delete(name)) throw failure('missing');
  store.versions.delete(name);
  store.given.delete(name);
}

export function tagModel(store: Store, name: string, key: string, value: string | undefined): void {
  const tags = new Map(modelOf(store, name).tags);
  if (value === undefined) tags.delete(key);
  else tags.set(key, value);
  changeModel(store, name, { tags });
}
