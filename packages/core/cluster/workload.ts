import type { Named } from './cluster.ts';

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet';

export interface WorkloadRef extends Named {
  readonly kind: WorkloadKind;
}

export interface KeyRef {
  readonly name?: string;
  readonly key: string;
  readonly optional?: boolean;
}

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly configMapKeyRef?: KeyRef };
}

export interface EnvFrom {
  readonly prefix?: string;
  readonly configMapRef?: { readonly name?: string; readonly optional?: boolean };
}

export interface Container {
  readonly name: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly EnvFrom[];
  readonly volumeMounts?: readonly {
    readonly name: string;
    readonly subPath?: string;
    readonly subPathExpr?: string;
  }[];
}

/** A ConfigMap as files; all of its keys where no items are named. */
export interface ConfigMapFiles {
  readonly name?: string;
  readonly items?: readonly { readonly key: string }[];
  readonly optional?: boolean;
}

export interface Volume {
  readonly name: string;
  readonly configMap?: ConfigMapFiles;
  readonly projected?: { readonly sources?: readonly { readonly configMap?: ConfigMapFiles }[] };
}

/** Of what a pod is made, as far as it may read a ConfigMap: Kubernetes' own words. */
export interface PodSpec {
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
}

export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
}

/** How many pods; what the server leaves out is 0. */
export interface Counts {
  /** Wanted: replicas, or the nodes of a DaemonSet. */
  readonly wanted: number;
  readonly there: number;
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
}

/** Something that runs pods from a template. */
export interface Workload extends WorkloadRef {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation: number;
  /** The generation that its controller has seen; 0 where it has seen none. */
  readonly observed: number;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  /** Labels that its pods have. */
  readonly selector: ReadonlyMap<string, string>;
  readonly template: {
    readonly labels: ReadonlyMap<string, string>;
    readonly annotations: ReadonlyMap<string, string>;
    readonly pod: PodSpec;
  };
  readonly strategy: 'RollingUpdate' | 'Recreate' | 'OnDelete';
  /** Of a StatefulSet: ordinals below it stay as they are. */
  readonly partition: number;
  readonly isPaused: boolean;
  /** Seconds after which a Deployment says that it does not get on; absent where it has no such deadline. */
  readonly deadline?: number;
  readonly counts: Counts;
  /** Revisions of a StatefulSet, by name. */
  readonly revisions?: { readonly current: string; readonly update: string };
  readonly conditions: readonly Condition[];
}
