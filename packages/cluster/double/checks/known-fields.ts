import { isFields } from '../objects.ts';

/** A field is known as it is, or with what may stand below it; `[]` is each of a list. */
type Shape = { readonly [field: string]: Shape | true };

const shape = (names: string, below: Shape = {}): Shape => ({
  ...Object.fromEntries(names.split(' ').map((name) => [name, true as const])),
  ...below,
});

const METADATA = shape(
  'name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds labels annotations ownerReferences finalizers managedFields',
);
const CONTAINER = shape(
  'name image command args workingDir ports envFrom resources resizePolicy restartPolicy restartPolicyRules volumeMounts volumeDevices livenessProbe readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext stdin stdinOnce tty',
  { env: { '[]': shape('name value valueFrom') } },
);
const POD_SPEC = shape(
  'volumes ephemeralContainers restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName serviceAccount automountServiceAccountToken nodeName hostNetwork hostPID hostIPC shareProcessNamespace securityContext imagePullSecrets hostname subdomain affinity schedulerName tolerations hostAliases priorityClassName priority dnsConfig readinessGates runtimeClassName enableServiceLinks preemptionPolicy overhead topologySpreadConstraints setHostnameAsFQDN os hostUsers schedulingGates resourceClaims resources hostnameOverride',
  { containers: { '[]': CONTAINER }, initContainers: { '[]': CONTAINER } },
);
const TEMPLATE: Shape = { metadata: METADATA, spec: POD_SPEC };
const OBJECT = shape('apiVersion kind', { metadata: METADATA });
const workload = (spec: string): Shape => ({
  ...OBJECT,
  spec: shape(`selector minReadySeconds ${spec}`, { template: TEMPLATE }),
  status: true,
});

const SHAPES: Readonly<Record<string, Shape>> = {
  ConfigMap: { ...OBJECT, ...shape('data binaryData immutable') },
  Pod: { ...OBJECT, spec: POD_SPEC, status: true },
  Deployment: workload('replicas strategy revisionHistoryLimit paused progressDeadlineSeconds'),
  ReplicaSet: workload('replicas'),
  StatefulSet: workload(
    'replicas volumeClaimTemplates serviceName podManagementPolicy updateStrategy revisionHistoryLimit persistentVolumeClaimRetentionPolicy ordinals',
  ),
  DaemonSet: workload('updateStrategy revisionHistoryLimit'),
};

function sifted(value: unknown, known: Shape | true, path: string, unknown: string[]): unknown {
  if (known === true) return value;
  const each = known['[]'];
  if (each) {
    if (!Array.isArray(value)) return value;
    return value.map((one, at) => sifted(one, each, `${path}[${at}]`, unknown));
  }
  if (!isFields(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [name, below] of Object.entries(value)) {
    const at = path === '' ? name : `${path}.${name}`;
    const shape = known[name];
    if (shape) kept[name] = sifted(below, shape, at, unknown);
    else unknown.push(`unknown field ${JSON.stringify(at)}`);
  }
  return kept;
}

/** The object with what the server knows of it, and what it does not know. */
export function knownFields<T extends { readonly kind: string }>(
  object: T,
): { readonly object: T; readonly unknown: readonly string[] } {
  const known = SHAPES[object.kind];
  const unknown: string[] = [];
  const sound = known ? (sifted(object, known, '', unknown) as T) : object;
  return { object: sound, unknown: unknown.toSorted() };
}
