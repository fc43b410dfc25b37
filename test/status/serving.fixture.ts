import { double } from '@passmuster/cluster/double/double.fixture.ts';
import type { Double, Options } from '@passmuster/cluster/double/double.ts';
import { configMap, deploymentReading } from '@passmuster/cluster/double/seeds.ts';
import { clusterOpener } from '@passmuster/cluster/open.ts';
import type { Cluster, OpenCluster } from '@passmuster/core/cluster/cluster.ts';
import { readersOf } from '@passmuster/core/cluster/reading/readers.ts';
import { stampOf } from '@passmuster/core/cluster/reading/stamp.ts';
import { keysIn, USUAL_KEYS } from '@passmuster/core/cluster/serving.ts';
import type { TicketOutcome } from '@passmuster/core/ledger/ledger.ts';
import type { MoveRecord, Traffic } from '@passmuster/core/promotions/record.ts';
import { onTestFinished } from 'vitest';
import { around } from '../register/running.fixture.ts';
import { MODEL, move, sealed } from './moving.fixture.ts';
import { environmentOf, registryWith, run, standingWith } from './running.fixture.ts';

export const POLICY = `
environments:
  production: { alias: champion, configmap: ml/llm }
`;
const PLACE = { namespace: 'ml', name: 'llm' };
export const WHERE = { alias: 'champion' } as const;
export const asked = { model: MODEL, environment: 'production' } as const;

/** As a run finds it whose `kubeconfig` is this text. */
export const openerFor = (kubeconfig: string): OpenCluster =>
  clusterOpener({ ...around(), inputs: { kubeconfig }, variables: {}, home: '/nowhere' });

export interface Serving {
  readonly double: Double;
  readonly cluster: Cluster;
  readonly address: string;
  readonly registry: Awaited<ReturnType<typeof registryWith>>['registry'];
  readonly open: OpenCluster;
}

/** A registry in which number 1 was promoted, and a cluster that serves a placeholder. */
export async function serving(policy = POLICY, options: Options = {}): Promise<Serving> {
  await standingWith(policy);
  const { address, registry } = await registryWith(4, MODEL);
  const server = await double({ namespaces: ['ml'], ...options });
  server.put(configMap('llm', { current_version: 'placeholder' }, { namespace: 'ml' }));
  const api = deploymentReading('llm', 'current_version', { name: 'api', namespace: 'ml' });
  server.put(api);
  await settled(server, 'api');
  const open = openerFor(server.kubeconfig());
  const cluster = await open();
  onTestFinished(() => cluster.close());
  await move(address, '1', WHERE);
  return { double: server, cluster, address, registry, open };
}

interface Going {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly replicas: number };
  readonly status?: Readonly<Record<string, number>>;
}

/** Waits until a Deployment has nothing left to do. */
export const settled = (server: Double, name: string) =>
  server.until(() => {
    const { metadata, spec, status } = server.get('Deployment', 'ml', name) as unknown as Going;
    const counts = ['replicas', 'updatedReplicas', 'availableReplicas', 'readyReplicas'];
    return (
      status?.['observedGeneration'] === metadata.generation &&
      counts.every((one) => status[one] === spec.replicas)
    );
  });

/** Writes to the ConfigMap as we do. */
export async function written(
  { cluster }: Serving,
  data: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>> = {},
): Promise<void> {
  const seen = await cluster.configMap(PLACE);
  if (seen === undefined) throw new Error('there is no ConfigMap');
  await cluster.changeConfigMap(seen, {
    data: new Map(Object.entries(data)),
    annotations: new Map(Object.entries(annotations)),
  });
}

/** Starts those anew that read it, as a deployment does. */
export async function stamped({ cluster, double: server }: Serving): Promise<void> {
  const [map, workloads] = [await cluster.configMap(PLACE), await cluster.workloads('ml')];
  const data = map?.data ?? new Map<string, string>();
  for (const reader of readersOf(workloads, PLACE.name, keysIn(USUAL_KEYS))) {
    const [key = 'current_version'] = reader.keys;
    const version = data.get(key) ?? '';
    await cluster.stamp(reader.workload, stampOf(reader, data, { version }));
    await settled(server, reader.workload.name);
  }
}

export const trafficOf = (traffic: Omit<Traffic, 'configmap'>): Traffic => ({
  configmap: 'ml/llm',
  ...traffic,
});

/** What `deploy` puts on record, without what it does. */
export const recorded = (
  { address }: Serving,
  to: string,
  outcome: TicketOutcome,
  traffic: Omit<Traffic, 'configmap'>,
  more: Partial<MoveRecord> = {},
): Promise<void> =>
  sealed(address, to, outcome, {
    ...{ ...WHERE, verb: 'deploy', actor: 'bob' },
    more: { steps: [], traffic: trafficOf(traffic), ...more },
  });

/** A deployment that has come about: it serves, and is on record. */
export async function deployed(world: Serving, current: string, number: string): Promise<void> {
  const canary = { canary_version: current, canary_traffic_percentage: '0' };
  await written(world, { current_version: current, ...canary }, { 'passmuster.dev/model': MODEL });
  await stamped(world);
  await recorded(world, number, 'done', { current, share: 0 });
}

export const look = (
  { address, open }: Serving,
  given: Readonly<Record<string, string>> = {},
  openCluster: OpenCluster = open,
) => run(address, { ...asked, check: 'true', ...given }, { openCluster });

type Ended = Awaited<ReturnType<typeof look>>;

export const inCluster = (ended: Ended) => environmentOf(ended)?.cluster;

/** What is said not to be as it should. */
export const saidBy = (ended: Ended): string[] =>
  inCluster(ended)?.disagreements.map(({ says }) => says) ?? [];

/** As one reads it, without the breaks of lines. */
export const flat = (text: string): string => text.replaceAll(/\n {2}/g, ' ');

export const byHand = ({ double }: Serving, data: Readonly<Record<string, string>>) =>
  double.change('ConfigMap', 'ml', 'llm', { data }, 'kubectl-edit');
