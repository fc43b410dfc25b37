import type { Item } from '../objects.ts';
import {
  DAEMON_SETS,
  DEPLOYMENTS,
  REPLICA_SETS,
  RESOURCES,
  type Resource,
  STATEFUL_SETS,
} from '../resources.ts';
import type { Change, Store } from '../store/store.ts';
import { removed } from '../store/writes.ts';
import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from '../workloads.ts';
import { tendDaemonSet } from './daemon-set.ts';
import { tendDeployment } from './deployment.ts';
import { Progress } from './deployment-progress.ts';
import type { Desk } from './desk.ts';
import { tendReplicaSet } from './replica-set.ts';
import { tendStatefulSet } from './stateful-set.ts';

const TENDED = [DEPLOYMENTS, REPLICA_SETS, STATEFUL_SETS, DAEMON_SETS];

interface Pace {
  readonly pace: number;
  readonly second: number;
  readonly nodes: number;
}

interface Named {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
}

/** What makes of a spec what it wants: each object that changed is looked at a little later. */
export class Controllers {
  readonly #store: Store;
  readonly #pace: number;
  readonly #desk: Desk;
  readonly #progress = new Progress();
  readonly #due = new Map<string, NodeJS.Timeout>();
  /** What has to be looked at again once time has passed. */
  readonly #later = new Map<string, NodeJS.Timeout>();
  #paused = false;

  constructor(store: Store, { pace, second, nodes }: Pace) {
    this.#store = store;
    this.#pace = pace;
    this.#desk = {
      store,
      second,
      nodes: Array.from({ length: nodes }, (_, at) => `node-${at + 1}`),
      again: (resource, item, after) => this.#again(resource, item, after),
    };
    store.listen((change) => this.#heard(change));
  }

  /** As without a server to work with. */
  pause(): void {
    this.#paused = true;
    for (const timer of [...this.#due.values(), ...this.#later.values()]) clearTimeout(timer);
    this.#due.clear();
    this.#later.clear();
  }

  resume(): void {
    this.#paused = false;
    for (const resource of TENDED) {
      for (const item of this.#store.list(resource)) this.#soon(resource, item);
    }
  }

  #heard({ type, resource, item }: Change): void {
    if (TENDED.includes(resource)) this.#soon(resource, item);
    for (const { kind, name, controller } of item.metadata.ownerReferences ?? []) {
      const owner = TENDED.find((one) => one.kind === kind);
      if (!controller || !owner) continue;
      this.#ask(owner, item.metadata.namespace ?? '', name);
    }
    if (type === 'DELETED') setTimeout(() => this.#collect(item), this.#pace).unref();
  }

  /** What has no owner any more goes too. */
  #collect(owner: Item): void {
    for (const resource of RESOURCES) {
      for (const item of this.#store.list(resource)) {
        const owners = item.metadata.ownerReferences ?? [];
        if (!owners.some(({ uid }) => uid === owner.metadata.uid)) continue;
        removed(this.#store, resource, item);
      }
    }
  }

  #soon(resource: Resource, { metadata }: Item): void {
    this.#ask(resource, metadata.namespace ?? '', metadata.name);
  }

  #ask(resource: Resource, namespace: string, name: string): void {
    const key = `${resource.plural}/${namespace}/${name}`;
    if (this.#paused || this.#due.has(key)) return;
    const timer = setTimeout(() => {
      this.#due.delete(key);
      this.#tend({ resource, namespace, name });
    }, this.#pace);
    this.#due.set(key, timer.unref());
  }

  #again(resource: Resource, { metadata }: Item, after: number): void {
    if (this.#paused) return;
    const { uid } = metadata;
    clearTimeout(this.#later.get(uid));
    const timer = setTimeout(() => {
      this.#later.delete(uid);
      this.#ask(resource, metadata.namespace ?? '', metadata.name);
    }, after);
    this.#later.set(uid, timer.unref());
  }

  #tend({ resource, namespace, name }: Named): void {
    const item = this.#store.get(resource, namespace, name);
    if (!item) return;
    if (resource === DEPLOYMENTS) tendDeployment(this.#desk, item as Deployment, this.#progress);
    if (resource === REPLICA_SETS) tendReplicaSet(this.#desk, item as ReplicaSet);
    if (resource === STATEFUL_SETS) tendStatefulSet(this.#desk, item as StatefulSet);
    if (resource === DAEMON_SETS) tendDaemonSet(this.#desk, item as DaemonSet);
  }
}
