import type { Named } from './cluster.ts';
import type { Condition } from './workload.ts';

export interface Ended {
  readonly reason: string;
  readonly exitCode: number;
  readonly message: string;
}

/** A container of a pod, as the kubelet tells it. */
export interface ContainerStatus {
  readonly name: string;
  readonly isInit: boolean;
  readonly isReady: boolean;
  readonly restarts: number;
  readonly waiting?: { readonly reason: string; readonly message: string };
  readonly terminated?: Ended;
  /** How its run before has ended. */
  readonly last?: Ended;
}

export interface Pod extends Named {
  readonly uid: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  /** Who runs it, a ReplicaSet for example. */
  readonly owner?: { readonly kind: string; readonly name: string; readonly uid: string };
  readonly isDeleting: boolean;
  readonly phase: string;
  readonly conditions: readonly Condition[];
  readonly containers: readonly ContainerStatus[];
}

export interface PodEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
}
