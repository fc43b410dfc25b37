export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly subresources: readonly string[];
  /** Whether writes of its spec are counted. */
  readonly counted: boolean;
}

const core = (plural: string, kind: string, more: Partial<Resource> = {}): Resource => ({
  group: '',
  version: 'v1',
  plural,
  kind,
  namespaced: true,
  subresources: [],
  counted: false,
  ...more,
});

const workload = (plural: string, kind: string, more: Partial<Resource> = {}): Resource =>
  core(plural, kind, { group: 'apps', subresources: ['status'], counted: true, ...more });

export const CONFIG_MAPS = core('configmaps', 'ConfigMap');
export const PODS = core('pods', 'Pod', { subresources: ['status', 'log'], counted: true });
export const EVENTS = core('events', 'Event');
export const NAMESPACES = core('namespaces', 'Namespace', {
  namespaced: false,
  subresources: ['status'],
});
export const DEPLOYMENTS = workload('deployments', 'Deployment');
export const REPLICA_SETS = workload('replicasets', 'ReplicaSet');
export const STATEFUL_SETS = workload('statefulsets', 'StatefulSet');
export const DAEMON_SETS = workload('daemonsets', 'DaemonSet');
export const REVISIONS = workload('controllerrevisions', 'ControllerRevision', {
  subresources: [],
  counted: false,
});

export const RESOURCES: readonly Resource[] = [
  CONFIG_MAPS,
  EVENTS,
  NAMESPACES,
  PODS,
  REVISIONS,
  DAEMON_SETS,
  DEPLOYMENTS,
  REPLICA_SETS,
  STATEFUL_SETS,
];

export const apiVersionOf = ({ group, version }: Resource): string =>
  group === '' ? version : `${group}/${version}`;

/** By its kind or its plural, as a test would write it. */
export function resourceNamed(name: string): Resource {
  const found = RESOURCES.find(({ kind, plural }) => kind === name || plural === name);
  if (!found) throw new Error(`The double keeps no ${name}.`);
  return found;
}

/** As messages name it: with its group, where it has one. */
export const qualified = (plural: string, group: string): string =>
  group === '' ? plural : `${plural}.${group}`;
