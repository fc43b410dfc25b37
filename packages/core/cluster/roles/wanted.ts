import type { Named } from '../cluster.ts';

/** Who is to have the rights. */
export type Subject =
  | ({ readonly kind: 'ServiceAccount' } & Named)
  | { readonly kind: 'User'; readonly name: string };

/** Whom a deployment starts anew: whoever reads the ConfigMap, nobody, or those that are named. */
export type Restarted =
  | 'readers'
  | 'nobody'
  | readonly { readonly resources: readonly Resource[]; readonly name: string }[];

export const RESOURCES = ['deployments', 'statefulsets', 'daemonsets'] as const;

export type Resource = (typeof RESOURCES)[number];

/** What somebody is to be able to do with a ConfigMap and what reads it. */
export interface Wanted {
  readonly configmap: Named;
  readonly subject: Subject;
  /** Only to see what serves; the rest is then of no account. */
  readonly isReadOnly: boolean;
  readonly restarted: Restarted;
  readonly creates: boolean;
  readonly deletesPods: boolean;
}

/** As the server calls them. */
export const userOf = (subject: Subject): string =>
  subject.kind === 'User'
    ? subject.name
    : `system:serviceaccount:${subject.namespace}:${subject.name}`;
