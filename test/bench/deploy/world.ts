import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Kubernetes, startKubernetes } from '../../services/kubernetes.ts';
import { type KubernetesApi, kubernetesApi } from '../../services/kubernetes-api.ts';
import {
  createConfigMap,
  createNamespace,
  createWorkload,
  workloadPath,
} from '../../services/kubernetes-objects.ts';
import { ourClient } from '../registry/our-client.ts';
import { startOurs } from '../registry/servers.ts';
import type { Built } from '../starters.ts';

export const MODEL = 'served';

/** Each has a ConfigMap, a Deployment and a namespace of its own. */
export const NAMESPACES = ['by-kubectl', 'by-verb', 'by-action', 'by-environment'] as const;

export type Namespace = (typeof NAMESPACES)[number];

export interface World {
  readonly kubernetes: Kubernetes;
  /** Where the commands run; a policy is there. */
  readonly folder: string;
  readonly registry: string;
  readonly api: KubernetesApi;
}

const POLICY = `models:
  ${MODEL}:
    evidence: unbound
    gates: [accuracy >= 0.5]
environments:
  production:
    stage: Production
    alias: champion
    configmap: by-environment/versions
`;

/** More versions than there are rounds: nobody goes back to one, whose pods the cluster would still know. */
const VERSIONS = 60;

async function prepareRegistry(address: string): Promise<void> {
  const registry = await ourClient(address);
  try {
    await registry.createModel({ name: MODEL });
    for (let number = 1; number <= VERSIONS; number++) {
      await registry.createVersion({ model: MODEL, source: `s3://models/${number}` });
    }
  } finally {
    await registry.close();
  }
}

/** Resolves once a Deployment runs all of its pods as it is to run them now. */
export async function settled(api: KubernetesApi, namespace: string): Promise<void> {
  const { body } = await api('GET', workloadPath('Deployment', namespace, 'api'));
  const { observedGeneration, updatedReplicas, availableReplicas, replicas } = body.status ?? {};
  const isSettled =
    observedGeneration === body.metadata['generation'] &&
    [updatedReplicas, availableReplicas, replicas].every((count) => count === REPLICAS);
  if (isSettled) return;
  await sleep(50);
  await settled(api, namespace);
}

const REPLICAS = 2;

async function prepareCluster(api: KubernetesApi): Promise<void> {
  for (const namespace of NAMESPACES) {
    await createNamespace(api, namespace);
    await createConfigMap(api, namespace, 'versions', {
      current_version: '1',
      canary_version: '1',
      canary_traffic_percentage: '0',
    });
    const reads = { configMap: 'versions', key: 'current_version' };
    const kind = 'Deployment';
    await createWorkload(api, { kind, namespace, name: 'api', replicas: REPLICAS, reads });
  }
  for (const namespace of NAMESPACES) await settled(api, namespace);
}

const NODES = fileURLToPath(new URL('nodes.ts', import.meta.url));

/** Has a control plane, what stands in for its nodes, and a registry while something is done with them. */
export async function withWorld(
  { dist, temp }: Built,
  use: (world: World) => Promise<void>,
): Promise<void> {
  const folder = join(temp, 'deploy');
  mkdirSync(folder);
  writeFileSync(join(folder, 'passmuster.yaml'), POLICY);
  writeFileSync(join(folder, 'scores.json'), '{ "accuracy": 0.9 }\n');
  const registry = await startOurs(join(dist, 'passmuster.js'));
  const kubernetes = await startKubernetes();
  const nodes = spawn(process.execPath, [NODES], { stdio: ['pipe', 'inherit', 'inherit'] });
  const gone = once(nodes, 'exit');
  try {
    const { access } = kubernetes.admin;
    nodes.stdin.write(`${JSON.stringify({ ...access, namespaces: NAMESPACES })}\n`);
    const api = kubernetesApi(access);
    await Promise.all([prepareRegistry(registry.url), prepareCluster(api)]);
    await use({ kubernetes, folder, registry: registry.url, api });
  } finally {
    nodes.stdin.end();
    await Promise.all([gone, registry.stop(), kubernetes.stop()]);
  }
}
