import { frozen, type Item } from '../objects.ts';
import type { Resource } from '../resources.ts';

export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: Resource;
  readonly item: Item;
  readonly before?: Item;
  readonly revision: number;
}

type Listener = (change: Change) => void;

/** Not from 1: tests want a version that is older than everything. */
const FIRST = 100;

const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;

/** All objects, one counter over all of them, and what happened lately. */
export class Store {
  readonly #kept = new Map<Resource, Map<string, Item>>();
  readonly #listeners = new Set<Listener>();
  readonly #longest: number;
  #history: Change[] = [];
  #revision = FIRST;
  /** Nothing that happened up to here is known any more. */
  #forgotten = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  get revision(): number {
    return this.#revision;
  }

  get forgotten(): number {
    return this.#forgotten;
  }

  get(resource: Resource, namespace: string, name: string): Item | undefined {
    return this.#kept.get(resource)?.get(keyOf(namespace, name));
  }

  /** In the order of their names; without a namespace, of all. */
  list(resource: Resource, namespace = ''): Item[] {
    const all = [...(this.#kept.get(resource)?.entries() ?? [])];
    const wanted = namespace === '' ? all : all.filter(([key]) => key.startsWith(`${namespace}/`));
    return wanted.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  }

  since(revision: number): Change[] {
    return this.#history.filter((change) => change.revision > revision);
  }

  /** As a server that starts anew: it knows what is, and not how it came to be. */
  forget(): void {
    this.#history = [];
    this.#forgotten = this.#revision;
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Keeps an item in place of the one before, under the next number. */
  keep(resource: Resource, item: Item, before?: Item): Item {
    const type = before ? 'MODIFIED' : 'ADDED';
    return this.#commit(type, resource, item, before);
  }

  /** What it was at last may differ from what it was. */
  remove(resource: Resource, before: Item, last: Item = before): Item {
    return this.#commit('DELETED', resource, last, before);
  }

  #commit(type: Change['type'], resource: Resource, raw: Item, before?: Item): Item {
    this.#revision += 1;
    const revision = this.#revision;
    const metadata = { ...raw.metadata, resourceVersion: String(revision) };
    const item: Item = frozen({ ...raw, metadata });
    const kept = this.#kept.get(resource) ?? new Map<string, Item>();
    this.#kept.set(resource, kept);
    const key = keyOf(metadata.namespace ?? '', metadata.name);
    if (type === 'DELETED') kept.delete(key);
    else kept.set(key, item);
    const change: Change = { type, resource, item, revision, ...(before && { before }) };
    this.#history.push(change);
    while (this.#history.length > this.#longest) {
      this.#forgotten = this.#history.shift()?.revision ?? this.#forgotten;
    }
    for (const listener of this.#listeners) listener(change);
    return item;
  }
}
