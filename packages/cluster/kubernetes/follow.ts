import type { Clock } from '@passmuster/core/clock.ts';
import { ClusterError } from '@passmuster/core/cluster/error.ts';
import type { Workload, WorkloadRef } from '@passmuster/core/cluster/workload.ts';
import { isYes } from '../http/answer.ts';
import { type Fields, mapIn, textIn } from './fields.ts';
import { listed } from './objects.ts';
import { byName, called, workloadsPath } from './paths.ts';
import type { Ask, Transport } from './transport.ts';
import { judgeAnswer } from './verdict.ts';
import { watched } from './watch.ts';
import { workloadFrom } from './workload-from.ts';

export interface FollowMeans {
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Milliseconds of silence after which nobody knows whether the server is still there. */
  readonly idle?: number;
}

const IDLE_MS = 30_000;
/** The server ends a watch by itself after so long, and more, so that not all come back at once. */
const WATCH_SECONDS = 240;
/** A watch that lives shorter has not been of use. */
const USEFUL_MS = 1_000;
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [500, 10_000];

/** Whether the same question may be answered by and by. */
const isPassing = (error: unknown): boolean =>
  error instanceof ClusterError &&
  !error.failure.lasting &&
  ['unreachable', 'unanswered', 'contended'].includes(error.failure.reason);

function pauseAfter(failures: number, random: () => number): number {
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
  return most * (0.5 + random() / 2);
}

const versionOf = (object: Fields): string => textIn(mapIn(object, 'metadata'), 'resourceVersion');

/** One go at following: a list, and watches for as long as they hold. */
class Following {
  readonly transport: Transport;
  readonly ref: WorkloadRef;
  readonly signal: AbortSignal;
  readonly means: FollowMeans;
  /** One after the other without any use. */
  failures = 0;
  /** What was handed on last; a list often says the same again. */
  #told: string | undefined;

  constructor(transport: Transport, ref: WorkloadRef, signal: AbortSignal, means: FollowMeans) {
    this.transport = transport;
    this.ref = ref;
    this.signal = signal;
    this.means = means;
  }

  ask(query: Readonly<Record<string, string>>): Ask {
    const { kind, namespace, name } = this.ref;
    return {
      method: 'GET',
      path: workloadsPath(kind, namespace),
      query: { ...query, fieldSelector: byName(name) },
      what: `follow the ${kind} ${called(this.ref)}`,
      call: { signal: this.signal },
    };
  }

  *tell(object: Fields | undefined): Generator<Workload | undefined> {
    const workload = object && workloadFrom(this.ref.kind, object);
    const told = workload ? `${workload.uid} ${workload.resourceVersion}` : '';
    if (told === this.#told) return;
    this.#told = told;
    yield workload;
  }

  async *round(): AsyncGenerator<Workload | undefined> {
    const { items, resourceVersion } = await listed(this.transport, this.ask({}));
    yield* this.tell(items[0]);
    let version: string | undefined = resourceVersion;
    while (version !== undefined && !this.signal.aborted) version = yield* this.watch(version);
  }

  /** From a version on; the one to go on from, if the server ended it in good order. */
  async *watch(from: string): AsyncGenerator<Workload | undefined, string | undefined> {
    const { clock, random, idle = IDLE_MS } = this.means;
    const timeout = Math.round(WATCH_SECONDS * (0.8 + random() * 0.4));
    const ask = this.ask({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: from,
      timeoutSeconds: String(timeout),
    });
    const since = clock.elapsed();
    const events = watched(this.transport, ask, idle, this.signal);
    let version = from;
    let next = await events.next();
    try {
      for (; !next.done; next = await events.next()) {
        const { type, object } = next.value;
        if (type === 'ERROR') return this.failed();
        this.failures = 0;
        version = versionOf(object) || version;
        if (type !== 'BOOKMARK') yield* this.tell(type === 'DELETED' ? undefined : object);
      }
    } finally {
      await events.return(undefined);
    }
    const outcome = next.value;
    if (outcome?.kind === 'answer' && !isYes(outcome.status)) {
      const error = this.transport.failed(ask, outcome);
      if (judgeAnswer(outcome).failure.reason !== 'contended' && !isPassing(error)) throw error;
      return this.failed();
    }
    const isUseful = clock.elapsed() - since > USEFUL_MS;
    if (isUseful) this.failures = 0;
    return outcome?.kind === 'answer' && isUseful ? version : this.failed(isUseful);
  }

  failed(isUseful = false): undefined {
    if (!isUseful) this.failures++;
    return undefined;
  }
}

/** Until the signal comes, or the server refuses; what passes is waited for. */
export async function* follow(
  transport: Transport,
  ref: WorkloadRef,
  signal: AbortSignal,
  means: FollowMeans,
): AsyncGenerator<Workload | undefined> {
  const following = new Following(transport, ref, signal, means);
  while (!signal.aborted) {
    try {
      yield* following.round();
    } catch (error) {
      if (signal.aborted) return;
      if (!isPassing(error)) throw error;
      following.failures++;
    }
    if (following.failures === 0) continue;
    const pause = pauseAfter(following.failures, means.random);
    await means.clock.sleep(pause, signal).catch(() => undefined);
  }
}
