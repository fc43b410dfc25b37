import type { Clock } from '../../clock.ts';
import { Time } from '../../ledger/simulation.fixture.ts';
import type { Pod, PodEvent } from '../pod.ts';
import { workloadOf } from '../reading/workload.fixture.ts';
import type { Counts, Workload } from '../workload.ts';
import { type Awaiting, awaitRollouts } from './await.ts';
import { STAMPED } from './pod.fixture.ts';
import type { Readable } from './watching.ts';

const { template } = workloadOf();

export const NEW: Counts = { wanted: 3, there: 3, updated: 3, ready: 3, available: 3 };

/** A workload as its stamping has returned it: its controller has done nothing yet. */
export const justStamped = (name = 'api', change: Partial<Workload> = {}): Workload =>
  workloadOf({
    ...{ name, uid: `u-${name}`, generation: 2, observed: 1 },
    template: { ...template, annotations: STAMPED },
    ...change,
  });

type State = Workload | undefined;

/** A cluster in which what was written down happens at its time. */
export class Script {
  readonly time = new Time();
  readonly lines: string[] = [];
  readonly asked: string[] = [];
  readonly logs = new Map<string, string>();
  readonly said: PodEvent[] = [];
  /** What the server answers instead, by what is asked. */
  readonly refusals = new Map<string, Error>();
  pods: readonly Pod[] = [];
  followers = 0;
  /** So that `follow` never says anything, and hears only its signal. */
  isSilent = false;
  readonly #states = new Map<string, State>();
  #changed = Promise.withResolvers<void>();

  readonly clock: Clock = {
    now: () => this.time.now,
    elapsed: () => this.time.now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        signal.addEventListener('abort', () => reject(signal.reason));
        this.time.after(milliseconds, resolve);
      }),
  };

  at(milliseconds: number, happens: () => void): this {
    this.time.after(milliseconds, happens);
    return this;
  }

  show(name: string, state: State): void {
    this.#states.set(name, state);
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  /** Its controller has come so far. */
  counts(name: string, counts: Partial<Counts>, change: Partial<Workload> = {}): void {
    const updated = { observed: 2, counts: { ...NEW, ...counts } };
    this.show(name, justStamped(name, { ...updated, ...change }));
  }

  #ask<Value>(what: string, value: () => Value): Value {
    this.asked.push(what);
    const refusal = this.refusals.get(what.split(' ')[0] ?? '');
    if (refusal) throw refusal;
    return value();
  }

  async *#follow(name: string, signal: AbortSignal): AsyncIterable<State> {
    this.#ask('follow', () => undefined);
    this.followers++;
    try {
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
      aborted.catch(() => undefined);
      for (;;) {
        const changed = this.#changed.promise;
        if (this.#states.has(name) && !this.isSilent) yield this.#states.get(name);
        await Promise.race([changed, aborted]);
      }
    } finally {
      this.followers--;
    }
  }

  readonly cluster: Readable = {
    follow: ({ name }, signal) => this.#follow(name, signal),
    pods: async ({ name }) => this.#ask(`pods ${name}`, () => this.pods),
    log: async ({ name }, container, { previous, lines }) =>
      this.#ask(
        `log ${name} ${container} ${previous ? 'before' : 'now'} ${lines}`,
        () => this.logs.get(previous ? 'before' : 'now') ?? '',
      ),
    events: async ({ name }) => this.#ask(`events ${name}`, () => this.said),
  };

  /** Waits for the workloads of these names, while time passes by itself. */
  wait(options: Partial<Awaiting> = {}, ...seen: readonly Workload[]) {
    const { signal } = new AbortController();
    const waited = awaitRollouts({
      ...{ cluster: this.cluster, clock: this.clock, signal, timeout: 600_000, soak: 0 },
      targets: (seen.length > 0 ? seen : [justStamped()]).map((one) => ({
        seen: one,
        stamp: STAMPED,
      })),
      note: (text) => this.lines.push(`${Math.round(this.time.now / 1_000)} ${text}`),
      ...options,
    });
    return this.time.until(waited);
  }
}
