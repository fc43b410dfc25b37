import type { Cluster } from '@passmuster/core/cluster/cluster.ts';
import { ClusterError } from '@passmuster/core/cluster/error.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Access } from '../connection/access.ts';
import type { Opening } from '../opening.ts';
import { configMaps } from './configmaps.ts';
import { follow } from './follow.ts';
import { read } from './objects.ts';
import { namespacePath } from './paths.ts';
import { pods } from './pods.ts';
import { openTransport, type Transport } from './transport.ts';
import { workloads } from './workloads.ts';

const isDenied = (error: unknown): boolean =>
  error instanceof ClusterError && error.failure.status === 403;

const namespaces = (transport: Transport): Pick<Cluster, 'hasNamespace'> => ({
  async hasNamespace(name, call) {
    const what = `look for the namespace ${quotable(name)}`;
    try {
      const ask = { method: 'GET', path: namespacePath(name), what, call } as const;
      return (await read(transport, ask)) !== undefined;
    } catch (error) {
      // Whoever may only do what a rollout needs may not know.
      if (isDenied(error)) return undefined;
      throw error;
    }
  },
});

/** The API server of a cluster; nothing is sent before the first call. */
export function kubernetesCluster(access: Access, opening: Opening): Cluster {
  const { variables, clock, host, voice, signal } = opening;
  const random = () => Number.parseInt(host.random(4), 16) / 2 ** 32;
  const hide = (secret: string): void => voice.hide(secret);
  const transport = openTransport(access, { variables, clock, random, hide });
  const closed = new AbortController();
  return {
    address: access.address,
    ...namespaces(transport),
    ...configMaps(transport),
    ...workloads(transport),
    follow: (ref, its) =>
      follow(transport, ref, AbortSignal.any([signal, its, closed.signal]), { clock, random }),
    ...pods(transport),
    async close() {
      closed.abort();
      await transport.close();
    },
  };
}
