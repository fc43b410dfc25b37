import type { Texts } from '../objects.ts';
import { CONFIG_MAPS, PODS } from '../resources.ts';
import type { Change, Store } from '../store/store.ts';
import { stamp, updated } from '../store/writes.ts';
import type { Pod } from '../workloads.ts';
import { type Started, startedWith, type Unstartable } from './environment.ts';
import { tell } from './events.ts';
import { filesOf } from './files.ts';
import { podStatus } from './pod-status.ts';
import { STATE, type State, type Step, stepsOf } from './state.ts';

/** How a pod that runs with these variables does; nothing leaves it to the pod's annotation. */
export type Decision = (pod: Pod, env: Texts) => string | undefined;

interface Held {
  readonly since: string;
  word: string;
  readonly started: Started | undefined;
  /** Of what never follows a change of its ConfigMap. */
  readonly files: Texts;
  readonly timers: NodeJS.Timeout[];
}

function unstartable({ place: kind, message }: Unstartable): readonly Step[] {
  return [{ after: 0, state: { kind, reason: 'CreateContainerConfigError', message } }];
}

/** Stands in for what runs pods: it reports of each how it is doing. */
export class Kubelet {
  readonly #store: Store;
  readonly #pace: number;
  readonly #decisions: Decision[] = [];
  readonly #held = new Map<string, Held>();
  #paused = false;
  /** What came due while there was no server to report to. */
  readonly #missed: (() => void)[] = [];

  constructor(store: Store, pace: number) {
    this.#store = store;
    this.#pace = pace;
    store.listen((change) => this.#heard(change));
  }

  /** The latest that has an opinion is heard. */
  decide(decision: Decision): void {
    this.#decisions.unshift(decision);
  }

  /** What a pod has been started with. */
  runsWith(pod: Pod): { readonly started: Started; readonly files: Texts } | undefined {
    const held = this.#held.get(pod.metadata.uid);
    if (!held?.started) return undefined;
    const files = { ...held.files, ...filesOf(this.#store, pod, true) };
    return { started: held.started, files };
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    for (const report of this.#missed.splice(0)) report();
  }

  #heard({ type, resource, item }: Change): void {
    if (resource === CONFIG_MAPS) this.#retry(item.metadata.namespace ?? '');
    if (resource !== PODS) return;
    const pod = item as Pod;
    if (type === 'ADDED') this.#start(pod);
    else if (type === 'DELETED') this.#forget(pod);
    else this.#reconsider(pod);
  }

  /** Containers that could not be started are tried again, those that run are not. */
  #retry(namespace: string): void {
    for (const item of this.#store.list(PODS, namespace)) {
      const held = this.#held.get(item.metadata.uid);
      if (held && !held.started) this.#start(item as Pod);
    }
  }

  #start(pod: Pod): void {
    this.#forget(pod);
    const outcome = startedWith(this.#store, pod);
    const started = 'env' in outcome ? outcome : undefined;
    const held: Held = {
      since: stamp(),
      word: started ? this.#wordOf(pod, started.env) : '',
      started,
      files: started ? filesOf(this.#store, pod, false) : {},
      timers: [],
    };
    this.#held.set(pod.metadata.uid, held);
    this.#plan(pod, held, 'env' in outcome ? stepsOf(held.word) : unstartable(outcome));
  }

  #wordOf(pod: Pod, env: Texts): string {
    for (const decision of this.#decisions) {
      const word = decision(pod, env);
      if (word !== undefined) return word;
    }
    return pod.metadata.annotations?.[STATE] ?? 'ready';
  }

  /** An annotation that is put on a live pod counts from then on. */
  #reconsider(pod: Pod): void {
    const held = this.#held.get(pod.metadata.uid);
    if (!held?.started) return;
    const word = this.#wordOf(pod, held.started.env);
    if (word === held.word) return;
    held.word = word;
    for (const timer of held.timers.splice(0)) clearTimeout(timer);
    this.#plan(pod, held, stepsOf(word));
  }

  #plan(pod: Pod, held: Held, steps: readonly Step[]): void {
    for (const { after, state } of steps) {
      const timer = setTimeout(() => this.#report(pod, held, state), this.#pace + after);
      held.timers.push(timer.unref());
    }
  }

  #report(named: Pod, held: Held, state: State): void {
    if (this.#paused) {
      this.#missed.push(() => this.#report(named, held, state));
      return;
    }
    const { metadata } = named;
    const pod = this.#store.get(PODS, metadata.namespace ?? '', metadata.name);
    if (pod?.metadata.uid !== metadata.uid) return;
    const status = podStatus(pod as Pod, state, held.since);
    const writing = { manager: 'kubelet', subresource: 'status' };
    updated(this.#store, PODS, pod, { ...pod, status }, writing);
    tell(this.#store, pod as Pod, state);
  }

  #forget({ metadata }: Pod): void {
    for (const timer of this.#held.get(metadata.uid)?.timers ?? []) clearTimeout(timer);
    this.#held.delete(metadata.uid);
  }
}
