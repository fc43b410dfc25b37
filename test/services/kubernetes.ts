import { type Identities, makeIdentities } from './kubernetes-identities.ts';
import { apiserver, controllerManager, etcd, kubernetesPrograms } from './kubernetes-programs.ts';
import { type Restartable, startRestartable } from './restartable.ts';
import { freePort, serviceFolder, startService } from './service.ts';

export interface KubernetesOptions {
  /** For the API server, after ours. */
  readonly apiserverFlags?: readonly string[];
}

export interface Kubernetes extends Identities {
  readonly url: string;
  /** Of all its files, which go when it stops. */
  readonly folder: string;
  /** PEM of the authority that signed its certificate. */
  readonly ca: string;
  /** Of one who may do everything. */
  readonly adminToken: string;
  /** The path of a file with that token. */
  readonly kubeconfig: string;
  /** The path of the program. */
  readonly kubectl: string;
  readonly apiserver: Restartable;
  readonly controllers: Restartable;
  stop(): Promise<void>;
}

/**
 * A control plane on free ports: etcd, an API server that asks RBAC about everybody, and the controllers that
 * roll out. There are no nodes: pods wait until somebody says what becomes of them.
 */
export async function startKubernetes(options: KubernetesOptions = {}): Promise<Kubernetes> {
  const programs = await kubernetesPrograms();
  const folder = await serviceFolder('kubernetes');
  const [etcdPort, port] = await Promise.all([freePort(), freePort()]);
  const url = `https://127.0.0.1:${port}`;
  const ends = [(await startService(folder, etcd(programs.etcd, folder, etcdPort))).stop];
  const stop = async (): Promise<void> => {
    // The last one first: without etcd an API server has much to say and does not end.
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
  };
  const start = async (name: string, program: Parameters<typeof startRestartable>[1]) => {
    const started = await startRestartable(`${folder}/${name}`, program);
    ends.push(started.kill);
    return started;
  };
  try {
    const { flags, ...identities } = await makeIdentities(`${folder}/identities`, url);
    const { admin } = identities;
    const all = [...flags, ...(options.apiserverFlags ?? [])];
    const server = await start(
      'apiserver',
      apiserver(programs.apiserver, etcdPort, admin.access, all),
    );
    const controllers = await start(
      'controllers',
      controllerManager(programs.controllerManager, admin),
    );
    return {
      ...identities,
      url,
      folder,
      ca: admin.access.ca,
      adminToken: admin.access.token,
      kubeconfig: admin.kubeconfig,
      kubectl: programs.kubectl,
      apiserver: { ...server, start: () => startBoth(server, controllers) },
      controllers,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Controllers that missed their server for ten seconds come back to it after a minute: new ones come at once. */
async function startBoth(server: Restartable, controllers: Restartable): Promise<void> {
  const wereThere = controllers.isThere();
  if (wereThere) await controllers.kill();
  await server.start();
  if (wereThere) await controllers.start();
}
