import { admissionName } from './names.ts';
import { RESOURCES, userOf, type Wanted } from './wanted.ts';
import { listOf, textOf } from './yaml-text.ts';

const GROUP = 'admissionregistration.k8s.io';

/** Two maps that say the same but for some of their keys. */
const alike = (a: string, b: string, but: string): string =>
  `${a}.all(k, ${but} || (k in ${b} && ${a}[k] == ${b}[k])) && ${b}.all(k, ${but} || k in ${a})`;

const OURS = "k.startsWith('passmuster.dev/')";
/** The server itself counts here how often the template of a DaemonSet has changed. */
const COUNTED = "'deprecated.daemonset.template.generation'";

/** Maps that may not be there. */
const VARIABLES: Readonly<Record<string, string>> = {
  podsNow: 'object.spec.template.metadata.?annotations.orValue({})',
  podsWas: 'oldObject.spec.template.metadata.?annotations.orValue({})',
  ownNow: 'object.metadata.?annotations.orValue({})',
  ownWas: 'oldObject.metadata.?annotations.orValue({})',
};

/** All of them together leave nothing that can change but our own annotations of the pod template. */
const VALIDATIONS: readonly string[] = [
  alike('object.spec', 'oldObject.spec', "k == 'template'"),
  'object.spec.template.spec == oldObject.spec.template.spec',
  alike('object.spec.template.metadata', 'oldObject.spec.template.metadata', "k == 'annotations'"),
  alike('variables.podsNow', 'variables.podsWas', OURS),
  alike('variables.ownNow', 'variables.ownWas', `k == ${COUNTED}`),
  ...['labels', 'ownerReferences', 'finalizers'].map(
    (key) => `object.metadata.?${key} == oldObject.metadata.?${key}`,
  ),
];

const MESSAGE = 'Only annotations of the pod template that begin with passmuster.dev/ may change.';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Has the server refuse whatever this user changes of a workload beside our own annotations of its pods. */
export const admissionText = (wanted: Wanted): string =>
  [
    `apiVersion: ${GROUP}/v1`,
    'kind: ValidatingAdmissionPolicy',
    'metadata:',
    `  name: ${textOf(admissionName(wanted))}`,
    'spec:',
    '  failurePolicy: Fail',
    '  matchConstraints:',
    '    namespaceSelector:',
    '      matchLabels:',
    `        kubernetes.io/metadata.name: ${textOf(wanted.configmap.namespace)}`,
    '    resourceRules:',
    '      - apiGroups: [apps]',
    '        apiVersions: [v1]',
    '        operations: [UPDATE]',
    `        resources: ${listOf(RESOURCES)}`,
    '  matchConditions:',
    '    - name: this-user',
    `      expression: ${quoted(`request.userInfo.username == ${JSON.stringify(userOf(wanted.subject))}`)}`,
    '  variables:',
    ...Object.entries(VARIABLES).flatMap(([name, expression]) => [
      `    - name: ${name}`,
      `      expression: ${quoted(expression)}`,
    ]),
    '  validations:',
    ...VALIDATIONS.flatMap((expression) => [
      `    - expression: ${quoted(expression)}`,
      `      message: ${quoted(MESSAGE)}`,
    ]),
  ].join('\n');

export const admissionBindingText = (wanted: Wanted): string =>
  [
    `apiVersion: ${GROUP}/v1`,
    'kind: ValidatingAdmissionPolicyBinding',
    'metadata:',
    `  name: ${textOf(admissionName(wanted))}`,
    'spec:',
    `  policyName: ${textOf(admissionName(wanted))}`,
    '  validationActions: [Deny]',
  ].join('\n');
