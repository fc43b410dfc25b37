import { roleName } from './names.ts';
import { type RoleRule, rulesFor } from './rules.ts';
import type { Subject, Wanted } from './wanted.ts';
import { listOf, textOf } from './yaml-text.ts';

const GROUP = 'rbac.authorization.k8s.io';

function ruleLines({ why, group, resources, names, verbs }: RoleRule): string[] {
  return [
    `  # ${why}`,
    `  - apiGroups: ${listOf([group])}`,
    `    resources: ${listOf(resources)}`,
    ...(names ? [`    resourceNames: ${listOf(names)}`] : []),
    `    verbs: ${listOf(verbs)}`,
  ];
}

const head = (kind: string, wanted: Wanted): string[] => [
  `apiVersion: ${GROUP}/v1`,
  `kind: ${kind}`,
  'metadata:',
  `  namespace: ${textOf(wanted.configmap.namespace)}`,
  `  name: ${textOf(roleName(wanted))}`,
];

export const roleText = (wanted: Wanted): string =>
  [...head('Role', wanted), 'rules:', ...rulesFor(wanted).flatMap(ruleLines)].join('\n');

const subjectLines = (subject: Subject): string[] =>
  subject.kind === 'User'
    ? ['  - kind: User', `    apiGroup: ${GROUP}`, `    name: ${textOf(subject.name)}`]
    : [
        '  - kind: ServiceAccount',
        `    namespace: ${textOf(subject.namespace)}`,
        `    name: ${textOf(subject.name)}`,
      ];

export const bindingText = (wanted: Wanted): string =>
  [
    ...head('RoleBinding', wanted),
    'roleRef:',
    `  apiGroup: ${GROUP}`,
    '  kind: Role',
    `  name: ${textOf(roleName(wanted))}`,
    'subjects:',
    ...subjectLines(wanted.subject),
  ].join('\n');
