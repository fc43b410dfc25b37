import type { Rule } from '../../services/kubernetes-objects.ts';

const WORKLOADS = ['deployments', 'statefulsets', 'daemonsets'];

/** Rights by what they are for; each is one rule of a Role. */
export const RULES = {
  'read the ConfigMap': only('', ['configmaps'], ['get'], ['versions']),
  'change the ConfigMap': only('', ['configmaps'], ['patch'], ['versions']),
  'find Deployments': only('apps', ['deployments'], ['list']),
  'find StatefulSets': only('apps', ['statefulsets'], ['list']),
  'find DaemonSets': only('apps', ['daemonsets'], ['list']),
  'read what it restarts': only('apps', WORKLOADS, ['get']),
  'watch what it restarts': only('apps', WORKLOADS, ['watch']),
  'restart what reads it': only('apps', WORKLOADS, ['patch']),
  'see pods': only('', ['pods'], ['list']),
  'read logs': only('', ['pods/log'], ['get']),
  'read events': only('', ['events'], ['list']),
} as const satisfies Record<string, Rule>;

export type Right = keyof typeof RULES;

/** All that a deployment needs, and nothing more. */
export const LEAST: readonly Rule[] = Object.values(RULES);

/** For the pods of StatefulSets that stay stuck. */
export const DELETE_PODS: Rule = only('', ['pods'], ['delete']);

export const without = (...rights: readonly Right[]): Rule[] =>
  Object.entries(RULES)
    .filter(([right]) => !rights.includes(right as Right))
    .map(([, rule]) => rule);

function only(
  group: string,
  resources: readonly string[],
  verbs: readonly string[],
  resourceNames?: readonly string[],
): Rule {
  return { apiGroups: [group], resources, verbs, ...(resourceNames && { resourceNames }) };
}
