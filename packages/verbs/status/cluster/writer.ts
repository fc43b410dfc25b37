import type { ConfigMap, Manager } from '@passmuster/core/cluster/configmap.ts';
import { OURS } from '@passmuster/core/cluster/owners/owners.ts';

/** Who has written one of the keys last, by the server's account; nothing where that was us. */
export function writerOf({ managers }: ConfigMap, keys: readonly string[]): Manager | undefined {
  const [last] = managers
    .filter((one) => one.keys.some((key) => keys.includes(key)))
    .toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0));
  return last?.name === OURS ? undefined : last;
}
