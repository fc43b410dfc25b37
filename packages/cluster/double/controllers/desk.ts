import type { Item } from '../objects.ts';
import type { Resource } from '../resources.ts';
import type { Store } from '../store/store.ts';
import { updated } from '../store/writes.ts';

export const MANAGER = 'kube-controller-manager';

/** What the controllers work with. */
export interface Desk {
  readonly store: Store;
  /** How many milliseconds a second of a deadline lasts. */
  readonly second: number;
  readonly nodes: readonly string[];
  /** Looks at an object again after a time, in milliseconds. */
  again(resource: Resource, item: Item, after: number): void;
}

export function writeStatus(
  { store }: Desk,
  resource: Resource,
  item: Item,
  status: unknown,
  annotations = item.metadata.annotations,
): Item {
  const metadata = { ...item.metadata, ...(annotations && { annotations }) };
  const draft = { ...item, metadata, status };
  return updated(store, resource, item, draft, { manager: MANAGER, subresource: 'status' });
}

/** Counters of the server are absent where they are zero. */
export const counted = (counters: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counters).filter(([, count]) => count !== 0));
