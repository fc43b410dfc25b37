import { workloadOf } from '@passmuster/core/cluster/reading/workload.fixture.ts';
import { USUAL_KEYS } from '@passmuster/core/cluster/serving.ts';
import fc from 'fast-check';
import { any, evil, text } from '../evil.fixture.ts';
import type { SeenCluster } from './look.ts';

/** What a cluster says of itself. */
export const cluster = fc.record({
  keys: fc.dictionary(
    fc.constantFrom(
      'current_version',
      'canary_version',
      'canary_traffic_percentage',
      'model_registry_url',
    ),
    text,
  ),
  model: any(fc.oneof(fc.constant('m'), evil)),
  ledger: evil,
  manager: evil,
  workload: evil,
  stamp: any(evil),
  message: evil,
  ready: fc.oneof(fc.nat(5), fc.integer()),
  unread: any(evil),
  isThere: fc.boolean(),
});

export type Cluster = typeof cluster extends fc.Arbitrary<infer Value> ? Value : never;

export function clusterIn(raw: Cluster): SeenCluster {
  const { keys, model, ledger, manager, workload, stamp, message, ready, unread, isThere } = raw;
  const place = { namespace: 'ml', name: 'llm' };
  const seen = {
    ...{ ...place, uid: 'u', resourceVersion: '1', binaryKeys: [], isImmutable: false },
    data: new Map(Object.entries(keys)),
    labels: new Map(),
    annotations: new Map([
      ['passmuster.dev/ledger', ledger],
      ...(model === undefined ? [] : [['passmuster.dev/model', model] as const]),
    ]),
    managers: [
      { name: manager, operation: 'Update' as const, at: Number.NaN, keys: Object.keys(keys) },
    ],
  };
  const reading = { name: 'main', envFrom: [{ configMapRef: { name: 'llm' } }] };
  const reader = workloadOf({
    ...{ namespace: 'ml', name: workload },
    template: {
      labels: new Map(),
      annotations: new Map(stamp === undefined ? [] : [['passmuster.dev/version', stamp]]),
      pod: { containers: [reading] },
    },
    counts: { wanted: 3, there: 3, updated: ready, ready, available: ready },
    conditions: [{ type: 'ReplicaFailure', status: 'True', reason: message, message }],
  });
  return {
    address: 'https://k8s',
    configmap: { place, keys: USUAL_KEYS },
    configMap: { value: isThere ? seen : undefined },
    hasNamespace: isThere ? undefined : ready > 2,
    workloads: unread === undefined ? { value: [reader] } : { unread: { message: unread } },
  };
}
