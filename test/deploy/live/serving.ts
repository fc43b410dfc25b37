import type { KubernetesObject } from '../../services/kubernetes-api.ts';
import { workloadPath } from '../../services/kubernetes-objects.ts';
import { run } from './command.ts';
import { asking, command, type Scene, versionStampedOn } from './scene.ts';

/** What is served where, by everybody who says so; a version is what the ConfigMap calls it. */
export interface Serving {
  readonly current: string;
  readonly canary: string;
  readonly share: string;
  /** What pods are stamped with that are ready, by workload; an unstamped one is empty. */
  readonly pods: Readonly<Record<string, readonly string[]>>;
  readonly stamps: Readonly<Record<string, string>>;
  /** Numbers. */
  readonly alias: string;
  readonly stage: string;
}

interface Templated {
  readonly template: {
    readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  };
}

interface PodStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

const annotationsOf = ({ metadata }: KubernetesObject) =>
  metadata['annotations'] as Readonly<Record<string, string>> | undefined;

const isReady = ({ status }: KubernetesObject): boolean =>
  ((status ?? {}) as PodStatus).conditions?.some(
    (one) => one.type === 'Ready' && one.status === 'True',
  ) === true;

export async function configMap({ systems, namespace }: Scene): Promise<KubernetesObject> {
  const path = `/api/v1/namespaces/${namespace}/configmaps/versions`;
  return (await systems.api('GET', path)).body;
}

export async function deployments({ systems, namespace }: Scene) {
  return (await systems.api('GET', workloadPath('Deployment', namespace))).body.items ?? [];
}

export const stampOf = ({ spec }: KubernetesObject): string =>
  versionStampedOn((spec as unknown as Templated).template.metadata.annotations);

async function podsOf({ systems, namespace }: Scene): Promise<Record<string, string[]>> {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const { items = [] } = (await systems.api('GET', path)).body;
  const pods: Record<string, string[]> = {};
  for (const pod of items.filter(isReady)) {
    const { app = '' } = pod.metadata['labels'] as Record<string, string>;
    if (pod.metadata['deletionTimestamp'] !== undefined) continue;
    pods[app] = [...new Set([...(pods[app] ?? []), versionStampedOn(annotationsOf(pod))])];
  }
  return pods;
}

/** The numbers that the registry has for alias and stage. */
export const marks = ({ systems, model }: Scene): Promise<Pick<Serving, 'alias' | 'stage'>> =>
  asking(systems.registry, async (registry) => {
    const { aliases } = (await registry.model(model)) ?? {};
    const versions = await Array.fromAsync(registry.versions({ model, order: 'oldest' }));
    const staged = versions.filter(({ stage }) => stage === 'Production');
    return {
      alias: aliases?.get('champion') ?? '',
      stage: staged.map(({ number }) => number).join(' '),
    };
  });

/** All that says what serves, as plain requests tell it. */
export async function serving(scene: Scene): Promise<Serving> {
  const [{ data = {} }, all, pods, registry] = await Promise.all([
    configMap(scene),
    deployments(scene),
    podsOf(scene),
    marks(scene),
  ]);
  return {
    current: data['current_version'] ?? '',
    canary: data['canary_version'] ?? '',
    share: data['canary_traffic_percentage'] ?? '',
    pods,
    stamps: Object.fromEntries(all.map((one) => [one.metadata.name, stampOf(one)])),
    ...registry,
  };
}

/** What `status --check` finds; empty where ledger, registry and cluster agree. */
export async function disagreements(scene: Scene): Promise<string[]> {
  const { code, report, log, says } = await run(command(scene, 'status', { check: 'true' }));
  return code === 0 ? [] : [`status --check ends with ${code}`, JSON.stringify(report), says, log];
}
