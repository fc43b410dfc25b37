import { Controllers } from './controllers/controllers.ts';
import { isReady } from './controllers/pods.ts';
import { kubeconfigFor } from './kubeconfig.ts';
import { type Decision, Kubelet } from './kubelet/kubelet.ts';
import { type LogSource, Logs } from './kubelet/logs.ts';
import type { Draft, Fields, Item, Seed, Texts } from './objects.ts';
import type { Options, ServingPod } from './options.ts';
import { mergePatched } from './patches/merge-patch.ts';
import { apiVersionOf, NAMESPACES, PODS, resourceNamed } from './resources.ts';
import { Store } from './store/store.ts';
import { created, removed, updated } from './store/writes.ts';
import { Faults, type Hook, type SeenRequest } from './wire/faults.ts';
import { type Listening, listen, type Serving } from './wire/server.ts';
import { type PolicyRule, type User, Users } from './wire/users.ts';
import { Watches } from './wire/watch.ts';
import type { Pod } from './workloads.ts';

export type { Decision } from './kubelet/kubelet.ts';
export type { LogSource } from './kubelet/logs.ts';
export type { Draft, Item, Seed } from './objects.ts';
export type { Options, ServingPod } from './options.ts';
export type { Fault, Hook, SeenRequest } from './wire/faults.ts';
export type { PolicyRule, Rules, User } from './wire/users.ts';

const ADMIN = 'admin-of-the-double';
const UNTIL_MS = 10_000;

/** An API server in memory, on the loopback, with what makes its workloads move. */
export class Double implements AsyncDisposable {
  /** All that was asked since the start, or since `reset`. */
  readonly requests: SeenRequest[] = [];
  readonly admin: string;
  readonly #store: Store;
  readonly #users: Users;
  readonly #logs = new Logs();
  readonly #faults = new Faults();
  readonly #watches = new Watches();
  readonly #controllers: Controllers;
  readonly #kubelet: Kubelet | undefined;
  readonly #serving: Serving;
  readonly #namespace: string;
  #listening: Listening | undefined;
  #port: number;

  constructor(options: Options) {
    const { pace = 2, second = 1000, nodes = 2, history = 1000, bookmarks = 60_000 } = options;
    this.admin = options.admin ?? ADMIN;
    this.#port = options.port ?? 0;
    this.#store = new Store(history);
    this.#users = new Users(this.admin, options.users ?? {});
    this.#controllers = new Controllers(this.#store, { pace, second, nodes });
    if (options.kubelet !== false) this.#kubelet = new Kubelet(this.#store, pace);
    this.#serving = {
      store: this.#store,
      users: this.#users,
      logs: this.#logs,
      pages: new Map(),
      watches: this.#watches,
      faults: this.#faults,
      requests: this.requests,
      bookmarks,
    };
    const namespaces = options.namespaces ?? ['default'];
    this.#namespace = namespaces[0] ?? 'default';
    for (const name of namespaces) this.namespace(name);
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get openWatches(): number {
    return this.#watches.count;
  }

  kubeconfig(token: string = this.admin): string {
    return kubeconfigFor(this.url, token, this.#namespace);
  }

  namespace(name: string): void {
    if (this.#store.get(NAMESPACES, '', name)) return;
    const draft = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    const manager = 'kubectl-create';
    created(
      this.#store,
      NAMESPACES,
      { ...draft, spec: { finalizers: ['kubernetes'] } },
      { manager },
    );
  }

  /** Lays an object down, in place of one that is there. */
  put(draft: Seed, manager = 'kubectl-create'): Item {
    const resource = resourceNamed(draft.kind);
    const namespace = draft.metadata.namespace ?? this.#namespace;
    if (resource.namespaced) this.namespace(namespace);
    const metadata = resource.namespaced ? { ...draft.metadata, namespace } : draft.metadata;
    const whole = { ...draft, apiVersion: apiVersionOf(resource), metadata };
    const before = this.get(draft.kind, namespace, metadata.name ?? '');
    const writing = { manager, seed: true };
    if (!before) return created(this.#store, resource, whole, writing);
    return updated(this.#store, resource, before, whole, writing);
  }

  /** By kind or plural. */
  get(kind: string, namespace: string, name: string): Item | undefined {
    const resource = resourceNamed(kind);
    return this.#store.get(resource, resource.namespaced ? namespace : '', name);
  }

  list(kind: string, namespace?: string): Item[] {
    return this.#store.list(resourceNamed(kind), namespace);
  }

  /** Changes an object as somebody else would: by a merge patch, or by what it shall become. */
  change(
    kind: string,
    namespace: string,
    name: string,
    patch: Fields | ((item: Item) => Draft),
    manager = 'kubectl-patch',
  ): Item {
    const before = this.#there(kind, namespace, name);
    const after =
      typeof patch === 'function' ? patch(before) : (mergePatched(before, patch) as Draft);
    return updated(this.#store, resourceNamed(kind), before, after, { manager });
  }

  delete(kind: string, namespace: string, name: string): void {
    removed(this.#store, resourceNamed(kind), this.#there(kind, namespace, name));
  }

  /** How the pods do from now on. */
  decide(decision: Decision): void {
    this.#kubelet?.decide(decision);
  }

  /** What the containers of a pod wrote, or of all pods. */
  logs(source: LogSource): void;
  logs(pod: string, text: string): void;
  logs(of: LogSource | string, text?: string): void {
    if (typeof of === 'function') this.#logs.add(of);
    else this.#logs.add((pod) => (pod.metadata.name === of ? text : undefined));
  }

  /** What the pods with these labels that are ready run with. */
  serving(namespace: string, labels: Texts = {}): ServingPod[] {
    const pods = this.#store.list(PODS, namespace) as Pod[];
    const chosen = pods.filter(
      (pod) =>
        isReady(pod) &&
        Object.entries(labels).every(([key, value]) => pod.metadata.labels?.[key] === value),
    );
    return chosen.flatMap((pod) => {
      const runs = this.#kubelet?.runsWith(pod);
      return runs ? [{ pod: pod.metadata.name, ...runs.started, files: runs.files }] : [];
    });
  }

  /** Waits until something is so, which a change of an object has to make it. */
  async until<T>(ask: () => T | undefined | false, milliseconds = UNTIL_MS): Promise<T> {
    const first = ask();
    if (first !== undefined && first !== false) return first;
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const unlisten = this.#store.listen(() => {
      // Others may still have to hear of the change.
      queueMicrotask(() => {
        const answer = ask();
        if (answer !== undefined && answer !== false) resolve(answer);
      });
    });
    const timer = setTimeout(
      () => reject(new Error(`The double did not get there within ${milliseconds} ms.`)),
      milliseconds,
    );
    return await promise.finally(() => {
      clearTimeout(timer);
      unlisten();
    });
  }

  /** Forgets what was asked, and nothing else. */
  reset(): void {
    this.requests.length = 0;
  }

  onRequest(hook: Hook): () => void {
    return this.#faults.add(hook);
  }

  /** The token is nobody's from now on; watches that are open stay. */
  revoke(token: string): void {
    this.#users.revoke(token);
  }

  user(token: string, user: User): void {
    this.#users.set(token, user);
  }

  /** Puts the rules of a user in one namespace, or under `*` in all, in place of those before. */
  allow(token: string, namespace: string, rules: readonly PolicyRule[]): void {
    this.#users.allow(token, namespace, rules);
  }

  /** All watches stay open and say nothing, until what is returned is called. */
  silence(): () => void {
    this.#watches.silence(true);
    return () => this.#watches.silence(false);
  }

  /** Sends a bookmark to each watch that wants them. */
  bookmark(): void {
    this.#watches.bookmark();
  }

  /** Ends all watches as the server does when their time is over. */
  endWatches(): void {
    this.#watches.end();
  }

  /** No watch can be resumed from before now. */
  forgetHistory(): void {
    this.#store.forget();
  }

  /** As if killed. */
  async stop(): Promise<void> {
    this.#controllers.pause();
    this.#kubelet?.pause();
    const listening = this.#listening;
    this.#listening = undefined;
    await listening?.stop();
  }

  /** On the same port; without its history no watch can be resumed from before. */
  async restart({ keepHistory = false } = {}): Promise<void> {
    await this.stop();
    if (!keepHistory) this.#store.forget();
    await this.start();
    this.#controllers.resume();
    this.#kubelet?.resume();
  }

  async start(): Promise<void> {
    this.#listening ??= await listen(this.#serving, this.#port);
    this.#port = this.#listening.port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #there(kind: string, namespace: string, name: string): Item {
    const item = this.get(kind, namespace, name);
    if (!item) throw new Error(`The double has no ${kind} ${name} in ${namespace}.`);
    return item;
  }
}

/** Starts a server that speaks the wire of Kubernetes 1.36. */
export async function startDouble(options: Options = {}): Promise<Double> {
  const double = new Double(options);
  await double.start();
  return double;
}
