import { type KubernetesObject, kubernetesWatch } from '../../services/kubernetes-api.ts';
import type { Scene } from './scene.ts';
import { configMap } from './serving.ts';

/** What the ConfigMap said once it was written. */
export interface Written {
  readonly current: string;
  readonly canary: string;
  readonly share: string;
}

/** All that is written into the ConfigMap from now on; what says the same as before is left out. */
export async function followConfigMap(
  scene: Scene,
): Promise<{ stop(): Promise<readonly Written[]> }> {
  const { systems, namespace } = scene;
  const first = await configMap(scene);
  const { resourceVersion } = first.metadata;
  const off = new AbortController();
  const path = `/api/v1/namespaces/${namespace}/configmaps?watch=true&fieldSelector=metadata.name%3Dversions&resourceVersion=${resourceVersion}`;
  const all = [writtenIn(first)];
  const seen = new Set<string>([resourceVersion]);
  const watching = (async () => {
    const events = kubernetesWatch<KubernetesObject>(
      systems.kubernetes.admin.access,
      path,
      off.signal,
    );
    for await (const { object } of events) {
      seen.add(object.metadata.resourceVersion);
      const now = writtenIn(object);
      if (JSON.stringify(now) !== JSON.stringify(all.at(-1))) all.push(now);
    }
  })().catch((error: unknown) => {
    if (!off.signal.aborted) throw error;
  });
  return {
    async stop() {
      const { metadata } = await configMap(scene);
      while (!seen.has(metadata.resourceVersion)) await new Promise((go) => setTimeout(go, 10));
      off.abort();
      await watching;
      return all.slice(1);
    },
  };
}

const writtenIn = ({ data = {} }: KubernetesObject): Written => ({
  current: data['current_version'] ?? '',
  canary: data['canary_version'] ?? '',
  share: data['canary_traffic_percentage'] ?? '',
});
