import type { ConfigMap, Texts } from '../objects.ts';
import { CONFIG_MAPS } from '../resources.ts';
import type { Store } from '../store/store.ts';
import type { Pod, Volume } from '../workloads.ts';

function inVolume(store: Store, pod: Pod, { configMap }: Volume): Texts {
  if (!configMap) return {};
  const { namespace = '' } = pod.metadata;
  const map = store.get(CONFIG_MAPS, namespace, configMap.name) as ConfigMap | undefined;
  const data = map?.data ?? {};
  if (!configMap.items) return data;
  const chosen = configMap.items.map(({ key, path }) => [path, data[key] ?? ''] as const);
  return Object.fromEntries(chosen);
}

/** The files of its ConfigMaps that a pod sees: `live` for those that follow a change. */
export function filesOf(store: Store, pod: Pod, live: boolean): Texts {
  const files: Record<string, string> = {};
  for (const { volumeMounts = [] } of pod.spec.containers) {
    for (const { name, mountPath, subPath } of volumeMounts) {
      const volume = pod.spec.volumes?.find((one) => one.name === name);
      // What is mounted by its own path is never brought up to date.
      if (!volume || live !== (subPath === undefined)) continue;
      const all = inVolume(store, pod, volume);
      if (subPath !== undefined) files[mountPath] = all[subPath] ?? '';
      else for (const [path, text] of Object.entries(all)) files[`${mountPath}/${path}`] = text;
    }
  }
  return files;
}
