import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { manifestOf } from './manifest.ts';
import { admissionName } from './names.ts';
import { restartedIn } from './restarted.ts';
import { mayRunAnything, rulesFor } from './rules.ts';
import { userOf, type Wanted } from './wanted.ts';

const PLACE = { namespace: 'ml', name: 'versions' };

const wantedOf = (more: Partial<Wanted> = {}): Wanted => ({
  configmap: PLACE,
  subject: { kind: 'ServiceAccount', namespace: 'ml', name: 'passmuster' },
  isReadOnly: false,
  restarted: 'readers',
  creates: false,
  deletesPods: false,
  ...more,
});

const documentsOf = (text: string): Record<string, unknown>[] =>
  parseAllDocuments(text, { version: '1.1' }).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });

/** `get,patch configmaps [versions]` */
const rulesIn = (more: Partial<Wanted>): string[] => {
  const [role] = documentsOf(manifestOf(wantedOf(more), false));
  const rules = role?.['rules'] as Record<string, string[]>[];
  return rules.map(({ apiGroups, resources, resourceNames, verbs }) => {
    const names = resourceNames ? ` [${resourceNames}]` : '';
    const group = apiGroups?.[0] ? `${apiGroups[0]}/` : '';
    return `${verbs} ${group}${resources}${names}`;
  });
};

const ALL = 'apps/deployments,statefulsets,daemonsets';
const WATCHING_PODS = ['list pods', 'get pods/log', 'list events'];
const NAMESPACE = 'get namespaces [ml]';
const CONFIGMAP = 'get,patch configmaps [versions]';

test.each<[string, Partial<Wanted>, string[]]>([
  ['all', {}, [CONFIGMAP, `get,list,watch,patch ${ALL}`, ...WATCHING_PODS, NAMESPACE]],
  [
    'create',
    { creates: true },
    [CONFIGMAP, 'create configmaps', `get,list,watch,patch ${ALL}`, ...WATCHING_PODS, NAMESPACE],
  ],
  [
    'stuck pods',
    { deletesPods: true },
    [CONFIGMAP, `get,list,watch,patch ${ALL}`, ...WATCHING_PODS, 'delete pods', NAMESPACE],
  ],
  ['nobody', { restarted: 'nobody', deletesPods: true }, [CONFIGMAP, NAMESPACE]],
  [
    'one by its kind',
    { restarted: restartedIn(['deployment/api']) },
    [
      CONFIGMAP,
      `list ${ALL}`,
      'get,watch,patch apps/deployments [api]',
      ...WATCHING_PODS,
      NAMESPACE,
    ],
  ],
  [
    'some',
    { restarted: restartedIn(['Deploy/api', 'sts/api', 'ds/log', 'deployments/api']) },
    [
      CONFIGMAP,
      `list ${ALL}`,
      'get,watch,patch apps/deployments,statefulsets [api]',
      'get,watch,patch apps/daemonsets [log]',
      ...WATCHING_PODS,
      NAMESPACE,
    ],
  ],
  [
    'of any kind',
    { restarted: restartedIn(['api']) },
    [CONFIGMAP, `list ${ALL}`, `get,watch,patch ${ALL} [api]`, ...WATCHING_PODS, NAMESPACE],
  ],
  [
    'only to look',
    { isReadOnly: true, creates: true, deletesPods: true, restarted: restartedIn(['api']) },
    ['get configmaps [versions]', `list ${ALL}`, NAMESPACE],
  ],
])('the rules for %s', (_, more, rules) => {
  expect(rulesIn(more)).toEqual(rules);
});

test.each(['none/api', 'job/api', 'deployment/', 'deployment/A', 'deployment/a/b', 'a b', '/api'])(
  '%s names no workload',
  (wanted) => {
    expect(() => restartedIn(['deployment/api', wanted])).toThrow(/which is no workload/);
  },
);

test('none and nothing', () => {
  expect([restartedIn(['none']), restartedIn([])]).toEqual(['nobody', 'readers']);
});

test('each rule says why, and none reaches beyond the namespace, into secrets or to all', () => {
  const everything = wantedOf({ creates: true, deletesPods: true });
  const text = manifestOf(everything, true);
  for (const { why } of rulesFor(everything)) expect(text).toContain(`  # ${why}\n`);
  expect(text).not.toMatch(/secrets\]|"\*"|ClusterRole|- \*/);
});

test.each<[string, Wanted['subject'], object, string]>([
  [
    'a service account',
    { kind: 'ServiceAccount', namespace: 'ci', name: 'deployer' },
    { kind: 'ServiceAccount', namespace: 'ci', name: 'deployer' },
    'system:serviceaccount:ci:deployer',
  ],
  [
    'a user',
    { kind: 'User', name: 'arn:aws:iam::1:role/"ci" \\ \'x\': #' },
    {
      kind: 'User',
      apiGroup: 'rbac.authorization.k8s.io',
      name: 'arn:aws:iam::1:role/"ci" \\ \'x\': #',
    },
    'arn:aws:iam::1:role/"ci" \\ \'x\': #',
  ],
])('bound to %s', (_, subject, bound, user) => {
  const wanted = wantedOf({ subject });
  const [role, binding, policy, policyBinding] = documentsOf(manifestOf(wanted, true));
  expect(role).toMatchObject({
    kind: 'Role',
    metadata: { namespace: 'ml', name: 'passmuster:versions' },
  });
  expect(binding).toMatchObject({
    kind: 'RoleBinding',
    metadata: { namespace: 'ml', name: 'passmuster:versions' },
    roleRef: { kind: 'Role', name: 'passmuster:versions' },
    subjects: [bound],
  });
  expect(userOf(subject)).toBe(user);
  expect(policy).toMatchObject({
    kind: 'ValidatingAdmissionPolicy',
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ml' } },
      },
      matchConditions: [{ expression: `request.userInfo.username == ${JSON.stringify(user)}` }],
    },
  });
  expect(policyBinding).toMatchObject({
    metadata: (policy as { metadata: object }).metadata,
    spec: { policyName: 'passmuster.ml.versions', validationActions: ['Deny'] },
  });
});

test('names that YAML would take for something else stay names', () => {
  const configmap = { namespace: '1e3', name: 'true' };
  const restarted = restartedIn(['deployment/no', 'deployment/0x1', 'deployment/1.5']);
  const [role] = documentsOf(manifestOf(wantedOf({ configmap, restarted }), false));
  expect(role).toMatchObject({
    metadata: { namespace: '1e3', name: 'passmuster:true' },
    rules: [
      { resourceNames: ['true'] },
      {},
      { resourceNames: ['no', '0x1', '1.5'] },
      {},
      {},
      {},
      { resourceNames: ['1e3'] },
    ],
  });
});

test('who may run anything is told, unless that is ruled out', () => {
  const said = /have it run any image/;
  expect(manifestOf(wantedOf(), false)).toMatch(said);
  expect(manifestOf(wantedOf(), true)).not.toMatch(said);
  expect(manifestOf(wantedOf({ restarted: 'nobody' }), false)).not.toMatch(said);
  expect(mayRunAnything(wantedOf({ isReadOnly: true }))).toBe(false);
});

test('an account that has to be there is named', () => {
  expect(manifestOf(wantedOf(), false)).toContain(
    '\n# kubectl -n ml create serviceaccount passmuster\n',
  );
  const subject = { kind: 'User', name: 'ann' } as const;
  expect(manifestOf(wantedOf({ subject }), false)).not.toContain('serviceaccount');
});

test('a name for the whole cluster is one that Kubernetes takes, and nobody else’s', () => {
  const named = (namespace: string, name: string) =>
    admissionName(wantedOf({ configmap: { namespace, name } }));
  expect(named('a', 'b.c')).not.toBe(named('a-b', 'c'));
  const long = 'x'.repeat(240);
  const all = [named('n'.repeat(63), `${long}a`), named('n'.repeat(63), `${long}b`)];
  expect(new Set(all).size).toBe(2);
  for (const one of all) {
    expect(one.length).toBeLessThanOrEqual(253);
    expect(one).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/);
  }
});
