import type { Clock } from '../../clock.ts';
import type { Cluster } from '../cluster.ts';
import { ClusterError } from '../error.ts';
import type { Bell } from './bell.ts';
import type { Watched } from './watched.ts';

/** The part of a cluster that is read while it is waited. */
export type Readable = Pick<Cluster, 'follow' | 'pods' | 'log' | 'events'>;

/** What all of a wait share. */
export interface Watching {
  readonly cluster: Readable;
  readonly clock: Clock;
  /** Comes when the wait ends, however it does. */
  readonly signal: AbortSignal;
  readonly bell: Bell;
  /** For whoever reads the end. */
  remark(text: string): void;
}

const LOOK_EVERY = 3_000;

/** Of one look; the next comes anyway. */
const WITHIN = 10_000;

/** What only explains is done without where it fails; a right that is missing is said. */
export async function borne<Value>(
  { signal, remark }: Pick<Watching, 'signal' | 'remark'>,
  what: string,
  read: (call: { signal: AbortSignal; within: number }) => Promise<Value>,
): Promise<Value | 'denied' | undefined> {
  try {
    return await read({ signal, within: WITHIN });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ClusterError)) throw error;
    if (error.failure.reason !== 'denied') return undefined;
    const [problem] = error.problems;
    remark(
      [`${what} cannot be read: ${problem?.message ?? ''}`, problem?.hint]
        .filter(Boolean)
        .join(' '),
    );
    return 'denied';
  }
}

/** One look at its pods; whether there is a point in another. */
export async function look(watching: Watching, one: Watched): Promise<boolean> {
  const { cluster, clock } = watching;
  const pods = await borne(watching, 'The pods', (call) => cluster.pods(one.workload, call));
  if (pods === 'denied') return false;
  if (pods) one.look(pods, clock.elapsed());
  return true;
}

async function lookOften(watching: Watching, one: Watched): Promise<void> {
  const { clock, signal, bell } = watching;
  for (;;) {
    await clock.sleep(LOOK_EVERY, signal);
    if (!(await look(watching, one))) return;
    bell.ring();
  }
}

async function follow({ cluster, signal, bell }: Watching, one: Watched): Promise<void> {
  for await (const workload of cluster.follow(one.ref, signal)) {
    if (signal.aborted) return;
    one.see(workload);
    bell.ring();
  }
  if (!signal.aborted) throw new Error('following a workload has ended by itself');
}

/** Keeps it up to date until the wait ends; never rejects. */
export async function watch(watching: Watching, one: Watched): Promise<void> {
  const told = (error: unknown) => {
    if (!watching.signal.aborted) watching.bell.fail(error);
  };
  await Promise.all([follow(watching, one).catch(told), lookOften(watching, one).catch(told)]);
}
