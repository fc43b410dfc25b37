import type { ConfigMap, Manager } from '../configmap.ts';
import { OURS } from './owners.ts';

/** Who else has written one of the keys last, by the server's account. */
export const lastWriterOf = (
  { managers }: ConfigMap,
  keys: readonly string[],
): Manager | undefined =>
  managers
    .filter((manager) => manager.name !== OURS && manager.keys.some((key) => keys.includes(key)))
    .toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0))[0];
