import type { Clock } from '../clock.ts';
import type { Host, ProcessIdentity, WorkflowRun } from '../host.ts';
import type { Call, Feature, Registry } from '../registry/registry.ts';
import { simulatedRegistry } from './simulated-registry.fixture.ts';
import { BEGINNING, emptyStore, failure, type Store } from './store.fixture.ts';

/** How often nothing may happen, one after the other. */
const MOST_IDLE = 1_000;

/** Time that passes only when nothing else is left to do. */
export class Time {
  now = 0;
  #timers: { readonly at: number; readonly order: number; readonly go: () => void }[] = [];
  #count = 0;

  after(milliseconds: number, go: () => void): void {
    this.#timers.push({ at: this.now + milliseconds, order: this.#count++, go });
  }

  /** Lets time pass for others, who wait for it by themselves, until the end. */
  async flow(end: Promise<void>): Promise<void> {
    let goesOn = true;
    const tick = () => goesOn && this.after(1, tick);
    tick();
    await this.until(end);
    goesOn = false;
  }

  /** Lets time pass until the work has ended. */
  async until<Value>(work: Promise<Value>): Promise<Value> {
    let ended = false;
    const end = () => {
      ended = true;
    };
    work.then(end, end);
    for (let idle = 0; ; ) {
      await new Promise(setImmediate);
      if (ended) return work;
      const [first] = this.#timers.sort((a, b) => a.at - b.at || a.order - b.order);
      if (first === undefined) {
        if (idle++ === MOST_IDLE) throw new Error('the work has not ended, and nothing happens');
        // A module that is loaded for the first time takes time of the real kind.
        await new Promise((resolve) => setTimeout(resolve, 10));
        continue;
      }
      idle = 0;
      this.#timers.shift();
      this.now = Math.max(this.now, first.at);
      first.go();
    }
  }
}

/** Chance that is the same on every run. */
export function dice(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** What becomes of one call of a process. */
export type Fate = 'fine' | 'reply lost' | 'late' | 'never arrives';

export interface Process {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly host: Host;
  /** All that it asked for, in order. */
  readonly calls: readonly string[];
  /** From now on nothing that it waits for ever comes. */
  kill(): void;
  /** SIGSTOP, and SIGCONT so much later. */
  stop(milliseconds: number): void;
  /** A call over the network: it takes effect at one moment, and what is known of it depends on its fate. */
  send<Value>(name: string, effect: () => Value, call?: Call): Promise<Value>;
  readonly isDead: boolean;
}

export interface ProcessOptions {
  readonly actor: string;
  readonly run?: WorkflowRun;
  /** Whether a person is at it. */
  readonly attended?: boolean;
  readonly process?: ProcessIdentity;
  readonly hasEnded?: (process: ProcessIdentity) => boolean;
  /** Decides about each call, by what it is. */
  readonly fate?: (name: string) => Fate;
  /** What the server answers instead, by what is asked. */
  readonly refusal?: (name: string) => Error | undefined;
  readonly features?: (feature: string) => boolean;
}

/** How long a call that is late stays under way. */
export const LATE = 20_000;

/** Processes that share a registry and nothing else. */
export class Simulation {
  readonly time = new Time();
  readonly store: Store;
  readonly #chance: () => number;

  /** A server without the features that it `lacks`. */
  constructor(seed: number, lacks: Iterable<Feature> = []) {
    this.#chance = dice(seed);
    this.store = emptyStore(lacks);
  }

  chance(): number {
    return this.#chance();
  }

  process(options: ProcessOptions): Process {
    const { time, store } = this;
    const calls: string[] = [];
    let isDead = false;
    let frozenUntil = 0;
    /** What the server's newest answer said of its time. */
    let heard: number | undefined;

    /** Comes back to the process when it runs; never to a dead one. */
    const returned = (go: () => void): void => {
      if (isDead) return;
      if (time.now < frozenUntil) time.after(frozenUntil - time.now, () => returned(go));
      else go();
    };

    const send = <Value>(name: string, effect: () => Value, call?: Call): Promise<Value> => {
      if (call?.signal?.aborted) return Promise.reject(call.signal.reason);
      calls.push(name);
      const fate = options.fate?.(name) ?? 'fine';
      const [there, back] = [1 + this.chance() * 20, 1 + this.chance() * 20];
      return new Promise((resolve, reject) => {
        const lose = () => {
          time.after(call?.within ?? 1_000, () =>
            returned(() => reject(failure('unanswered', 'unknown'))),
          );
        };
        call?.signal?.addEventListener('abort', () => returned(() => reject(call.signal?.reason)));
        if (fate === 'never arrives') return lose();
        if (fate === 'late') lose();
        // What was sent by a process is under way, whatever becomes of the process.
        time.after(fate === 'late' ? LATE * this.chance() : there, () => {
          store.now = BEGINNING + Math.floor(time.now);
          const date = store.now;
          let answer: () => void;
          try {
            const refusal = options.refusal?.(name);
            if (refusal) throw refusal;
            const value = effect();
            answer = () => resolve(value);
          } catch (error) {
            answer = () => reject(error);
          }
          const hear = () => {
            heard = date;
            answer();
          };
          if (fate === 'fine') time.after(back, () => returned(hear));
          else if (fate === 'reply lost') lose();
        });
      });
    };

    const clock: Clock = {
      now: () => 1_700_000_000_000 + time.now,
      elapsed: () => time.now,
      sleep: (milliseconds, signal) =>
        new Promise((resolve, reject) => {
          signal.throwIfAborted();
          signal.addEventListener('abort', () => returned(() => reject(signal.reason)));
          time.after(milliseconds, () => returned(resolve));
        }),
    };
    const { actor, run, process: identity } = options;
    const host: Host = {
      actor,
      ...(run && { run }),
      isJob: run !== undefined,
      attended: options.attended ?? false,
      pullRequest: async () => undefined,
      ...(identity && { process: identity }),
      hasEnded: async (process) => options.hasEnded?.(process) ?? false,
      random: (bytes) =>
        Array.from({ length: bytes }, () =>
          Math.floor(this.chance() * 256)
            .toString(16)
            .padStart(2, '0'),
        ).join(''),
    };
    const registry = simulatedRegistry(
      store,
      send,
      (feature) => options.features?.(feature) ?? !store.lacks.has(feature),
      () => heard,
    );
    return {
      registry,
      clock,
      host,
      calls,
      send,
      kill: () => {
        isDead = true;
      },
      stop: (milliseconds) => {
        frozenUntil = Math.max(frozenUntil, time.now + milliseconds);
      },
      get isDead() {
        return isDead;
      },
    };
  }
}
