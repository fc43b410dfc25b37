import type { Manager } from '@passmuster/core/cluster/configmap.ts';
import type { Rollout } from '@passmuster/core/cluster/rollout/rollout.ts';
import type { Counts, WorkloadKind } from '@passmuster/core/cluster/workload.ts';
import type { Problem } from '@passmuster/core/errors.ts';
import type { Text } from '@passmuster/core/page.ts';

/** How the cluster is not as the ledger says, or not well. */
export interface ClusterDisagreement {
  readonly says: Text;
  readonly hint: string;
  /** What would mend it, one after the other, to be copied. */
  readonly commands?: readonly string[];
}

/** Something that reads the ConfigMap. */
export interface ToldWorkload {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  /** Those that it reads. */
  readonly keys: readonly string[];
  /** The version that its pods were started with; absent where nothing says so. */
  readonly version?: string;
  /** Whether they were started when its keys said something else. */
  readonly isStale: boolean;
  readonly rollout: Rollout;
  readonly isPaused: boolean;
  readonly counts: Counts;
}

/** What the ConfigMap says. */
export interface ToldValues {
  readonly current?: string;
  /** There where one takes part, or nobody can say whether it does. */
  readonly canary?: string;
  /** In percent; not a number where nobody can read it. */
  readonly share: number;
  readonly registryUrl?: string;
}

/** What serves in an environment. */
export interface ToldCluster {
  /** `namespace/name` */
  readonly configmap: string;
  /** Why a part of it could not be read. */
  readonly unread?: Problem;
  /** Absent where the ConfigMap is not there, or could not be read. */
  readonly values?: ToldValues;
  /** Whether the ConfigMap could be read and is not there. */
  readonly isMissing: boolean;
  /** Who has written it last, where that was not us. */
  readonly writer?: Manager;
  /** Whether it says what serves of another model, and of this one nothing was ever deployed there. */
  readonly isOfAnother: boolean;
  /** Absent where they could not be read. */
  readonly workloads?: readonly ToldWorkload[];
  readonly disagreements: readonly ClusterDisagreement[];
  readonly remarks: readonly Text[];
  /** Whether a move is being carried out that explains what stands there. */
  readonly isMoving: boolean;
}
