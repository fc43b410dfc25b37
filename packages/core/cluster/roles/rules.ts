import { RESOURCES, type Resource, type Restarted, type Wanted } from './wanted.ts';

/** A rule of a Role, and why it is there. */
export interface RoleRule {
  readonly why: string;
  readonly group: '' | 'apps';
  readonly resources: readonly string[];
  /** Without them, all of the namespace. */
  readonly names?: readonly string[];
  readonly verbs: readonly string[];
}

const WORKLOADS = { group: 'apps', resources: RESOURCES } as const;

const namespaceRule = ({ configmap: { namespace } }: Wanted): RoleRule => ({
  why: 'May be left out: tells a namespace that is not there from a ConfigMap that is not there.',
  group: '',
  resources: ['namespaces'],
  names: [namespace],
  verbs: ['get'],
});

function configMapRules({ configmap: { name }, isReadOnly, creates }: Wanted): RoleRule[] {
  const own = { group: '', resources: ['configmaps'] } as const;
  if (isReadOnly) return [{ why: 'What serves.', ...own, names: [name], verbs: ['get'] }];
  const why = 'What serves, and to move it in one write.';
  const making =
    'For `create: true` alone, and not to be limited to a name. Take it away once the ConfigMap is there.';
  return [
    { why, ...own, names: [name], verbs: ['get', 'patch'] },
    ...(creates ? [{ why: making, ...own, verbs: ['create'] }] : []),
  ];
}

/** Kinds of which the same names are meant stand in one rule. */
function namedRules(restarted: Exclude<Restarted, string>): RoleRule[] {
  const byNames = new Map<string, { names: readonly string[]; resources: Resource[] }>();
  for (const resource of RESOURCES) {
    const its = restarted.filter(({ resources }) => resources.includes(resource));
    const names = [...new Set(its.map(({ name }) => name))];
    if (names.length === 0) continue;
    const key = names.join(' ');
    const rule = byNames.get(key) ?? { names, resources: [] };
    rule.resources.push(resource);
    byNames.set(key, rule);
  }
  return [...byNames.values()].map(({ names, resources }) => ({
    why: 'To start them anew, and to wait for them.',
    group: 'apps',
    resources,
    names,
    verbs: ['get', 'watch', 'patch'],
  }));
}

function workloadRules({ restarted }: Wanted): RoleRule[] {
  if (restarted === 'nobody') return [];
  if (restarted === 'readers') {
    const why =
      'To find the workloads that read the ConfigMap, to start them anew, and to wait for them.';
    return [{ why, ...WORKLOADS, verbs: ['get', 'list', 'watch', 'patch'] }];
  }
  const why = 'To look up the workloads that `restart` names: a list cannot be limited to names.';
  return [{ why, ...WORKLOADS, verbs: ['list'] }, ...namedRules(restarted)];
}

function podRules({ restarted, deletesPods }: Wanted): RoleRule[] {
  if (restarted === 'nobody') return [];
  const of = (why: string, resource: string, verb: string): RoleRule => ({
    ...{ why, group: '', resources: [resource], verbs: [verb] },
  });
  return [
    of(
      'To say at once which pod cannot start, and to find the pods that hold up a StatefulSet on its way back.',
      'pods',
      'list',
    ),
    of('May be left out: the last lines of a pod that fails.', 'pods/log', 'get'),
    of('May be left out: what Kubernetes says of a pod that fails.', 'events', 'list'),
    ...(deletesPods
      ? [
          of(
            'For StatefulSets alone: a pod that never became ready holds up the way back until it is deleted.',
            'pods',
            'delete',
          ),
        ]
      : []),
  ];
}

/** The least that it takes. */
export function rulesFor(wanted: Wanted): readonly RoleRule[] {
  const listing = { why: 'What runs, and whether it is ready.', ...WORKLOADS, verbs: ['list'] };
  return [
    ...configMapRules(wanted),
    ...(wanted.isReadOnly ? [listing] : [...workloadRules(wanted), ...podRules(wanted)]),
    namespaceRule(wanted),
  ];
}

/** Whether somebody gets a right with which a workload can be made to run anything. */
export const mayRunAnything = (wanted: Wanted): boolean =>
  rulesFor(wanted).some(({ group, verbs }) => group === 'apps' && verbs.includes('patch'));
