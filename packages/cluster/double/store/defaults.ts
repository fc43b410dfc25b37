import type { Draft, Fields } from '../objects.ts';
import { isFields } from '../objects.ts';

function container(raw: unknown): unknown {
  if (!isFields(raw)) return raw;
  const image = String(raw['image'] ?? '');
  const latest = image.endsWith(':latest') || !/:[^/]*$/.test(image);
  return {
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: latest ? 'Always' : 'IfNotPresent',
    resources: {},
    ...raw,
  };
}

const containers = (raw: unknown): unknown => (Array.isArray(raw) ? raw.map(container) : raw);

function volume(raw: unknown): unknown {
  if (!isFields(raw) || !isFields(raw['configMap'])) return raw;
  return { ...raw, configMap: { defaultMode: 420, ...raw['configMap'] } };
}

function podSpec(raw: unknown): Fields {
  const spec = isFields(raw) ? raw : {};
  const { initContainers: init, containers: main, volumes } = spec as Record<string, unknown>;
  return {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
    ...spec,
    ...(init !== undefined && { initContainers: containers(init) }),
    ...(main !== undefined && { containers: containers(main) }),
    ...(Array.isArray(volumes) && { volumes: volumes.map(volume) }),
  };
}

function template(raw: unknown): Fields {
  const given = isFields(raw) ? raw : {};
  return { ...given, spec: podSpec(given['spec']) };
}

function strategy(raw: unknown, rollingUpdate: Fields): Fields {
  const given = isFields(raw) ? raw : {};
  const type = given['type'] ?? 'RollingUpdate';
  if (type !== 'RollingUpdate') return { ...given, type };
  const own = isFields(given['rollingUpdate']) ? given['rollingUpdate'] : {};
  return { ...given, type, rollingUpdate: { ...rollingUpdate, ...own } };
}

const SPECS: Readonly<Record<string, (spec: Fields) => Fields>> = {
  Pod: (spec) => ({
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: 0,
    tolerations: ['not-ready', 'unreachable'].map((state) => ({
      key: `node.kubernetes.io/${state}`,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    })),
    ...podSpec(spec),
  }),
  Namespace: (spec) => ({ finalizers: ['kubernetes'], ...spec }),
  Deployment: (spec) => ({
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    ...spec,
    strategy: strategy(spec['strategy'], { maxUnavailable: '25%', maxSurge: '25%' }),
    template: template(spec['template']),
  }),
  ReplicaSet: (spec) => ({ replicas: 1, ...spec, template: template(spec['template']) }),
  StatefulSet: (spec) => ({
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    serviceName: '',
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    ...spec,
    updateStrategy: strategy(spec['updateStrategy'], { partition: 0 }),
    template: template(spec['template']),
  }),
  DaemonSet: (spec) => ({
    revisionHistoryLimit: 10,
    ...spec,
    updateStrategy: strategy(spec['updateStrategy'], { maxUnavailable: 1, maxSurge: 0 }),
    template: template(spec['template']),
  }),
};

/** What the server writes into an object where its writer left it open. */
export function withDefaults(draft: Draft): Draft {
  const fill = SPECS[draft.kind];
  const spec = draft['spec'];
  return fill ? { ...draft, spec: fill(isFields(spec) ? spec : {}) } : draft;
}
