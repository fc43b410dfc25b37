import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Kubernetes, startKubernetes } from '../../services/kubernetes.ts';
import { type KubernetesApi, kubernetesApi } from '../../services/kubernetes-api.ts';
import { served } from '../../services/shared-registries.ts';

const BUILT = fileURLToPath(new URL('../../../dist', import.meta.url));

/** A registry and a cluster that a version goes through. */
export interface Systems {
  readonly kubernetes: Kubernetes;
  /** As one who may do everything. */
  readonly api: KubernetesApi;
  /** The address of the registry. */
  readonly registry: string;
  /** The path of the command line as it is shipped. */
  readonly cli: string;
  /** For the files of tests. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** Starts a cluster, and the embedded registry as a server unless another one is given. */
export async function startSystems(
  startRegistry: () => Promise<{ readonly address: string; stop(): Promise<void> }> = served,
): Promise<Systems> {
  const folder = await mkdtemp(`${tmpdir()}/passmuster-deploying-`);
  // Whoever builds meanwhile takes nothing away from those that run.
  await cp(BUILT, `${folder}/built`, { recursive: true });
  const registry = await startRegistry();
  const kubernetes = await startKubernetes();
  return {
    kubernetes,
    api: kubernetesApi(kubernetes.admin.access),
    registry: registry.address,
    cli: `${folder}/built/passmuster.js`,
    folder,
    async stop() {
      await Promise.all([kubernetes.stop(), registry.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
