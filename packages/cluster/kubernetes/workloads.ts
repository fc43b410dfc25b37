import type { Cluster } from '@passmuster/core/cluster/cluster.ts';
import type { Workload, WorkloadKind } from '@passmuster/core/cluster/workload.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Call } from '@passmuster/core/registry/registry.ts';
import { together } from '@passmuster/core/together.ts';
import { listed, read } from './objects.ts';
import { called, WORKLOAD_KINDS, workloadPath, workloadsPath } from './paths.ts';
import { stamp } from './stamp.ts';
import type { Transport } from './transport.ts';
import { workloadFrom } from './workload-from.ts';

type Workloads = Pick<Cluster, 'workloads' | 'workload' | 'stamp'>;

async function ofKind(
  transport: Transport,
  kind: WorkloadKind,
  namespace: string,
  call: Call,
): Promise<readonly Workload[]> {
  const { items } = await listed(transport, {
    method: 'GET',
    path: workloadsPath(kind, namespace),
    what: `list the ${kind}s of the namespace ${quotable(namespace)}`,
    call,
  });
  return items.map((object) => workloadFrom(kind, object));
}

export const workloads = (transport: Transport): Workloads => ({
  async workloads(namespace, call) {
    const tasks = WORKLOAD_KINDS.map(
      (kind) => (signal: AbortSignal) => ofKind(transport, kind, namespace, { ...call, signal }),
    );
    return (await together<readonly (readonly Workload[])[]>(call?.signal, tasks)).flat();
  },
  async workload(ref, call) {
    const what = `read the ${ref.kind} ${called(ref)}`;
    const object = await read(transport, { method: 'GET', path: workloadPath(ref), what, call });
    return object && workloadFrom(ref.kind, object);
  },
  stamp: (seen, annotations, call) => stamp(transport, seen, annotations, call),
});
