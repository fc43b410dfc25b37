import { namedText } from '../steps.ts';
import { admissionBindingText, admissionText } from './admission.ts';
import { bindingText, roleText } from './role.ts';
import { mayRunAnything } from './rules.ts';
import type { Wanted } from './wanted.ts';
import { commentOf } from './yaml-text.ts';

const does = ({ isReadOnly, configmap }: Wanted): string => {
  const verbs = isReadOnly
    ? '`passmuster status` needs'
    : '`passmuster deploy`, `run` and `rollback` need';
  return `What ${verbs} for the ConfigMap ${namedText(configmap)}.`;
};

/** A binding to an account that is not there is taken without a word. */
const accountLines = ({ subject }: Wanted): string[] =>
  subject.kind === 'User'
    ? []
    : [
        'The service account is not made by it:',
        `kubectl -n ${subject.namespace} create serviceaccount ${subject.name}`,
      ];

const WARNING = [
  '',
  'Whoever may patch a workload can have it run any image, with any service account and secret of the',
  'namespace. With `--restrict`, a ValidatingAdmissionPolicy comes along (Kubernetes 1.30 or later) that has',
  'the server refuse this user whatever a deployment does not do; making it takes rights for the cluster.',
];

/** Several documents of YAML, as `kubectl apply -f -` takes them. */
export function manifestOf(wanted: Wanted, isRestricted: boolean): string {
  const isOpen = mayRunAnything(wanted) && !isRestricted;
  const comment = commentOf(does(wanted), ...accountLines(wanted), ...(isOpen ? WARNING : []));
  return [
    `${comment}\n${roleText(wanted)}`,
    bindingText(wanted),
    ...(isRestricted ? [admissionText(wanted), admissionBindingText(wanted)] : []),
  ].join('\n---\n');
}
