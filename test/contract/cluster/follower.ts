import type { Cluster } from '@passmuster/core/cluster/cluster.ts';
import type { Workload, WorkloadRef } from '@passmuster/core/cluster/workload.ts';

/** Somebody who follows a workload in the background. */
export interface Follower {
  readonly seen: readonly (Workload | undefined)[];
  /** The first of those since the last that fits; fails where following ended before. */
  until(fits: (workload: Workload | undefined) => boolean): Promise<Workload | undefined>;
  /** Tells it to end; rejects with what it ended in. */
  stop(): Promise<void>;
  /** How it ends by itself. */
  readonly done: Promise<void>;
}

const PATIENCE_MS = 60_000;

export function startFollower(cluster: Cluster, ref: WorkloadRef): Follower {
  const off = new AbortController();
  const seen: (Workload | undefined)[] = [];
  let next = 0;
  let changed = Promise.withResolvers<void>();
  let hasEnded = false;
  const done = (async () => {
    try {
      for await (const workload of cluster.follow(ref, off.signal)) {
        seen.push(workload);
        changed.resolve();
      }
    } finally {
      hasEnded = true;
      changed.resolve();
    }
  })();
  done.catch(() => undefined);
  return {
    seen,
    done,
    async until(fits) {
      const late = setTimeout(
        () => changed.reject(new Error(`Nothing that fits was seen in ${PATIENCE_MS} ms.`)),
        PATIENCE_MS,
      );
      try {
        for (;;) {
          while (next < seen.length) {
            const workload = seen[next++];
            if (fits(workload)) return workload;
          }
          if (hasEnded) {
            await done;
            throw new Error('Following ended.');
          }
          await changed.promise;
          changed = Promise.withResolvers();
        }
      } finally {
        clearTimeout(late);
      }
    },
    async stop() {
      off.abort();
      await done;
    },
  };
}
