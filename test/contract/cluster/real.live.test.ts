import { type Kubelet, startKubelet } from '../../services/kubelet.ts';
import { startKubernetes } from '../../services/kubernetes.ts';
import { kubernetesApi } from '../../services/kubernetes-api.ts';
import { createNamespace, grant } from '../../services/kubernetes-objects.ts';
import { clusterContract } from './cluster-contract.ts';
import { openedBy, type World } from './world.ts';

async function openReal(): Promise<World> {
  const kubernetes = await startKubernetes();
  const { url, ca } = kubernetes;
  const api = kubernetesApi(kubernetes.admin.access);
  const alice = kubernetes.user('alice');
  const kubelets: Kubelet[] = [];
  const cluster = await openedBy({ kubeconfig: kubernetes.kubeconfig });
  const limited = await openedBy({ server: url, ca, token: alice.access.token });
  const stranger = await openedBy({ server: url, ca, token: 'nobody-knows-me' });
  return {
    ...{ cluster, limited, stranger, limitedName: alice.name, api },
    async namespace() {
      const name = await createNamespace(api);
      kubelets.push(startKubelet({ ...kubernetes.admin.access, namespace: name }));
      return name;
    },
    allow: (namespace, rules) => grant(api, namespace, alice.name, rules),
    async close() {
      await Promise.all(kubelets.map((kubelet) => kubelet.stop()));
      await Promise.all([cluster, limited, stranger].map((one) => one.close()));
      await kubernetes.stop();
    },
  };
}

clusterContract(openReal);
