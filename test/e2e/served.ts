import { type Double, startDouble } from '@passmuster/cluster/double/double.ts';
import { configMap, deploymentReading } from '@passmuster/cluster/double/seeds.ts';
import { onTestFinished } from 'vitest';

const NAMESPACE = 'ml';

export const CLUSTER_TOKEN = 'cluster-token-s3cret';

/** A cluster in which a ConfigMap names number 1, two pods serve it, and no canary runs. */
export async function startCluster(): Promise<Double> {
  const double = await startDouble({ namespaces: [NAMESPACE], admin: CLUSTER_TOKEN });
  onTestFinished(() => double.stop());
  const keys = { current_version: '1', canary_version: '1', canary_traffic_percentage: '0' };
  double.put(configMap('versions', keys, { namespace: NAMESPACE }));
  const api = { name: 'api', namespace: NAMESPACE, replicas: 2 };
  double.put(deploymentReading('versions', 'current_version', api));
  await double.until(() => serving(double).length === 2);
  return double;
}

/** Under which version each of the pods runs that are ready. */
export const serving = (double: Double): (string | undefined)[] =>
  double.serving(NAMESPACE, { app: 'api' }).map(({ env }) => env['CURRENT_VERSION']);

/** What the ConfigMap says. */
export function named(double: Double): unknown {
  return double.get('ConfigMap', NAMESPACE, 'versions')?.['data'];
}
