import type { ServerResponse } from 'node:http';
import type { Item } from '../objects.ts';
import { apiVersionOf } from '../resources.ts';
import type { Change, Store } from '../store/store.ts';
import type { Call } from './call.ts';
import { checkVersion } from './reads.ts';
import { type Filter, filterOf } from './selectors.ts';
import { expired } from './status.ts';

interface Event {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: unknown;
}

/** An object that leaves or enters a selection is deleted or added, for who watches that. */
function eventOf({ type, item, before }: Change, wanted: Filter): Event | undefined {
  const was = before !== undefined && wanted(before);
  const is = type !== 'DELETED' && wanted(item);
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object: item };
  if (!was) return undefined;
  const { resourceVersion } = item.metadata;
  // Of one that only left the selection, the last that was in it.
  const last = type === 'DELETED' ? item : before;
  return {
    type: 'DELETED',
    object: { ...last, metadata: { ...last.metadata, resourceVersion } },
  };
}

/** All open watches: they can be silenced, as by a server that hangs. */
export class Watches {
  readonly #open = new Set<Watch>();
  #silent = false;

  get count(): number {
    return this.#open.size;
  }

  silence(silent: boolean): void {
    this.#silent = silent;
    for (const watch of this.#open) watch.flush();
  }

  get silent(): boolean {
    return this.#silent;
  }

  bookmark(): void {
    for (const watch of this.#open) watch.bookmark();
  }

  /** Ends all of them as the server does when their time is over. */
  end(): void {
    for (const watch of this.#open) watch.end();
  }

  open(call: Call, response: ServerResponse, bookmarks: number): void {
    checkVersion(call);
    const watch = new Watch(call, response, this);
    this.#open.add(watch);
    const seconds = Number(call.query.get('timeoutSeconds') ?? 0);
    const over = seconds > 0 && setTimeout(() => watch.end(), seconds * 1000).unref();
    const ticking = setInterval(() => watch.bookmark(), bookmarks).unref();
    response.once('close', () => {
      if (over) clearTimeout(over);
      clearInterval(ticking);
      this.#open.delete(watch);
      watch.stop();
    });
    watch.start();
  }
}

class Watch {
  readonly #call: Call;
  readonly #store: Store;
  readonly #response: ServerResponse;
  readonly #watches: Watches;
  readonly #wanted: Filter;
  readonly #waiting: string[] = [];
  #unlisten = () => {};
  #over = false;

  constructor(call: Call, response: ServerResponse, watches: Watches) {
    this.#call = call;
    this.#store = call.store;
    this.#response = response;
    this.#watches = watches;
    this.#wanted = filterOf(call.query, call.resource);
  }

  start(): void {
    const asked = Number(this.#call.query.get('resourceVersion') ?? 0) || 0;
    this.#response.writeHead(200, { 'content-type': 'application/json' });
    this.#response.flushHeaders();
    if (asked > 0 && asked < this.#store.forgotten) {
      const message = `too old resource version: ${asked} (${this.#store.forgotten})`;
      this.#send({ type: 'ERROR', object: expired(message).body });
      this.end();
      return;
    }
    if (asked === 0) this.#sendAll();
    else for (const change of this.#store.since(asked)) this.#pass(change);
    // A version from the future is waited for.
    this.#unlisten = this.#store.listen((change) => {
      if (change.revision > asked) this.#pass(change);
    });
  }

  stop(): void {
    this.#unlisten();
  }

  end(): void {
    if (this.#watches.silent) this.#over = true;
    else this.#response.end();
  }

  flush(): void {
    if (this.#watches.silent) return;
    for (const line of this.#waiting.splice(0)) this.#response.write(line);
    if (this.#over) this.#response.end();
  }

  bookmark(): void {
    const { query, resource } = this.#call;
    if (!['1', 'true'].includes(query.get('allowWatchBookmarks') ?? '')) return;
    const metadata = { resourceVersion: String(this.#store.revision), creationTimestamp: null };
    const { kind } = resource;
    this.#send({
      type: 'BOOKMARK',
      object: { kind, apiVersion: apiVersionOf(resource), metadata },
    });
  }

  #within(item: Item): boolean {
    const { address, resource } = this.#call;
    const anywhere = address.namespace === '' || !resource.namespaced;
    return anywhere || item.metadata.namespace === address.namespace;
  }

  #sendAll(): void {
    const items = this.#store.list(this.#call.resource).filter((item) => this.#within(item));
    for (const object of items.filter(this.#wanted)) this.#send({ type: 'ADDED', object });
  }

  #pass(change: Change): void {
    if (change.resource !== this.#call.resource || !this.#within(change.item)) return;
    const event = eventOf(change, this.#wanted);
    if (event) this.#send(event);
  }

  #send(event: Event): void {
    this.#waiting.push(`${JSON.stringify(event)}\n`);
    this.flush();
  }
}
