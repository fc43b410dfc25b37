import type { WorkloadKind } from './workload.ts';

/** As people and kubectl call them. */
const CALLED: Readonly<Record<WorkloadKind, RegExp>> = {
  Deployment: /^(deploy|deployments?)$/i,
  StatefulSet: /^(sts|statefulsets?)$/i,
  DaemonSet: /^(ds|daemonsets?)$/i,
};

const KINDS = Object.keys(CALLED) as WorkloadKind[];

/** What `deployment/api` or `api` means: of a name alone, each kind may have one; none where it is no workload. */
export function namedWorkload(text: string): {
  readonly kinds: readonly WorkloadKind[];
  readonly name: string;
} {
  const cut = text.lastIndexOf('/');
  const called = text.slice(0, Math.max(cut, 0));
  const kinds = cut === -1 ? KINDS : KINDS.filter((kind) => CALLED[kind].test(called));
  return { kinds, name: text.slice(cut + 1) };
}
