import { clusterOpener } from '@passmuster/cluster/open.ts';
import type { ClusterInputs, Opening } from '@passmuster/cluster/opening.ts';
import type { Cluster } from '@passmuster/core/cluster/cluster.ts';
import { ClusterError } from '@passmuster/core/cluster/error.ts';
import type { WorkloadKind } from '@passmuster/core/cluster/workload.ts';
import type { KubernetesApi } from '../../services/kubernetes-api.ts';
import type { Rule } from '../../services/kubernetes-objects.ts';

/** A server, and who asks it. */
export interface World {
  /** As one who may do everything. */
  readonly cluster: Cluster;
  /** As one who may do what was allowed. */
  readonly limited: Cluster;
  readonly limitedName: string;
  /** As one whom nobody knows. */
  readonly stranger: Cluster;
  /** Plain requests of one who may do everything. */
  readonly api: KubernetesApi;
  /** A new one, whose pods do what they are told. */
  namespace(): Promise<string>;
  allow(namespace: string, rules: readonly Rule[]): Promise<void>;
  close(): Promise<void>;
}

export const realClock: Opening['clock'] = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const timer = setTimeout(done, milliseconds);
      function stop(): void {
        clearTimeout(timer);
        reject(signal.reason);
      }
      function done(): void {
        signal.removeEventListener('abort', stop);
        resolve();
      }
      signal.addEventListener('abort', stop, { once: true });
    }),
};

/** As the product opens one; the machine's own settings play no part. */
export const openedBy = (inputs: ClusterInputs, more: Partial<Opening> = {}): Promise<Cluster> =>
  clusterOpener({
    inputs,
    variables: {},
    home: '/nonexistent',
    clock: realClock,
    host: { random: () => '7fffffff' },
    voice: { note() {}, warn() {}, hide() {} },
    signal: new AbortController().signal,
    ...more,
  })();

/** The ClusterError that it ends in. */
export async function failing(calling: Promise<unknown>): Promise<ClusterError> {
  const error = await calling.then(
    (value) => new Error(`No error, but ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof ClusterError) return error;
  throw error;
}

export const hintOf = (error: ClusterError): string => error.problems[0]?.hint ?? '';

export const NOTHING: ReadonlyMap<string, string | undefined> = new Map();

export const only = (data: Record<string, string | undefined>) => ({
  data: new Map(Object.entries(data)),
  annotations: NOTHING,
});

export const refOf = (kind: WorkloadKind, namespace: string, name: string) => ({
  kind,
  namespace,
  name,
});
