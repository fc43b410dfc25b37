import { writeFile } from 'node:fs/promises';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { openAt } from '../../ledger/contention/contend.ts';
import { type Kubelet, startKubelet } from '../../services/kubelet.ts';
import {
  createConfigMap,
  createNamespace,
  createServiceAccount,
  createWorkload,
  type Rule,
  type Workload,
} from '../../services/kubernetes-objects.ts';
import { type Command, must } from './command.ts';
import { LEAST } from './rules.ts';
import type { Systems } from './systems.ts';

/** One model with a namespace of its own, where it is served. */
export interface Scene {
  readonly systems: Systems;
  readonly namespace: string;
  readonly model: string;
  readonly config: string;
  /** Of one who may do what a deployment needs. */
  readonly kubeconfig: string;
  /** What becomes of pods that are to serve a version; of others, they become ready. */
  readonly states: Map<string, string>;
  stop(): Promise<void>;
}

export interface Making {
  /** What whoever deploys may do; the least when nothing is said. */
  readonly rules?: readonly Rule[];
  /** In place of a Deployment that serves, and one that serves the canary. */
  readonly workloads?: readonly Omit<Workload, 'namespace'>[];
}

export const STABLE = {
  kind: 'Deployment',
  name: 'stable',
  replicas: 2,
  reads: { configMap: 'versions', key: 'current_version' },
} as const;

export const CANARY = {
  ...STABLE,
  name: 'canary',
  replicas: 1,
  reads: { configMap: 'versions', key: 'canary_version' },
} as const;

export const versionStampedOn = (annotations: Readonly<Record<string, string>> = {}): string =>
  annotations['passmuster.dev/version'] ?? '';

/** A kubeconfig for one who may do what the rules say, and what he is called. */
export async function accountWith(
  { kubernetes, api }: Systems,
  namespace: string,
  name: string,
  rules: readonly Rule[],
): Promise<{ readonly kubeconfig: string; readonly user: string; readonly token: string }> {
  const { user, token } = await createServiceAccount(api, namespace, name, rules);
  const { url, ca } = kubernetes;
  const kubeconfig = await kubernetes.kubeconfigOf(user, { url, ca, token }, namespace);
  return { kubeconfig, user, token };
}

const policyOf = (model: string, namespace: string): string => `
models:
  ${model}: { gates: [accuracy >= 0.5] }
environments:
  production: { stage: Production, alias: champion, configmap: ${namespace}/versions }
`;

/** A model without versions, a ConfigMap that says nothing yet, and what reads it. */
export async function makeScene(
  systems: Systems,
  { rules = LEAST, workloads = [STABLE, CANARY] }: Making = {},
): Promise<Scene> {
  const { api, kubernetes, folder, registry: address } = systems;
  const namespace = await createNamespace(api);
  const model = namespace.replace('test', 'model');
  const config = `${folder}/${model}.yaml`;
  const states = new Map<string, string>();
  await writeFile(config, policyOf(model, namespace));
  await asking(address, (registry) => registry.createModel({ name: model }));
  // Of the canary a new server needs a version that can be served.
  const data = { current_version: 'none', canary_version: 'none', canary_traffic_percentage: '0' };
  await createConfigMap(api, namespace, 'versions', data);
  for (const one of workloads) await createWorkload(api, { namespace, ...one });
  const kubelet: Kubelet = startKubelet({
    ...kubernetes.admin.access,
    namespace,
    decide: ({ metadata }) => states.get(versionStampedOn(metadata.annotations)),
  });
  const { kubeconfig } = await accountWith(systems, namespace, 'ci', rules);
  return { systems, namespace, model, config, kubeconfig, states, stop: () => kubelet.stop() };
}

/** A client of ours works for one run of a verb, which is not longer than ten minutes. */
export async function asking<T>(
  address: string,
  ask: (registry: Registry) => Promise<T>,
): Promise<T> {
  const registry = await openAt(address);
  try {
    return await ask(registry);
  } finally {
    await registry.close();
  }
}

/**
 * One that is good enough, by the number that the registry gives it; also by a name, once it is registered, with
 * its files if there are any.
 */
export async function newVersion(
  scene: Scene,
  name?: string,
  files: { readonly path?: string } = {},
): Promise<string> {
  const { model, systems } = scene;
  const { registry: address, cli } = systems;
  const trained = await asking(address, async (registry) => {
    const experimentId = await registry.createExperiment(`${model} ${name ?? Math.random()}`);
    const { id } = await registry.createRun({ experimentId, started: 1 });
    const metrics = [{ key: 'accuracy', value: 0.9, timestamp: 1, step: 0 }];
    await registry.log(id, { metrics });
    await registry.updateRun(id, { status: 'FINISHED', ended: 2 });
    const source = `runs:/${id}/model`;
    if (name !== undefined) return { id, source, number: '' };
    const { number } = await registry.createVersion({ model, source, runId: id });
    return { id, source, number };
  });
  const { number, id, source } = trained;
  if (name === undefined) return number;
  const inputs = { model, version: name, source, 'run-id': id, registry: address, ...files };
  const ran = await must({ cli, verb: 'register', inputs }, 'registered');
  return ran.outputs['number'] ?? '';
}

type Inputs = Readonly<Record<string, string>>;

/** A verb that moves something in production, with who does it and where. */
export function command(scene: Scene, verb: string, inputs: Inputs = {}): Command {
  const { model, config, kubeconfig, systems } = scene;
  const where = { model, environment: 'production', registry: systems.registry, config };
  const isOfCluster = verb !== 'promote';
  return {
    cli: systems.cli,
    verb,
    inputs: { ...where, ...(isOfCluster && { kubeconfig }), ...inputs },
  };
}

/** Has the version served, from nothing; it was never served before. */
export const live = (scene: Scene, version: string) =>
  must(command(scene, 'run', { version }), 'promoted');
