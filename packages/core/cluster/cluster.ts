import type { Call } from '../registry/registry.ts';
import type { ConfigMap, ConfigMapChange } from './configmap.ts';
import type { Pod, PodEvent } from './pod.ts';
import type { Workload, WorkloadRef } from './workload.ts';

/** An object of a namespace. */
export interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** A call that writes; a dry run is judged by the server as the write itself would be, and stores nothing. */
export interface WriteCall extends Call {
  readonly dryRun?: boolean;
}

/**
 * What serves, as far as we read it and write to it. Every write is conditional: where the object has changed
 * since it was seen, it fails as `contended`, and nothing is written. All failures are ClusterErrors.
 */
export interface Cluster {
  /** The server, as a person knows it, without credentials. */
  readonly address: string;

  /** Nothing where we may not know. */
  hasNamespace(name: string, call?: Call): Promise<boolean | undefined>;

  /** Nothing where there is none; a namespace that is not there has none either. */
  configMap(at: Named, call?: Call): Promise<ConfigMap | undefined>;
  /** All of a change in one write, under the version that was seen. */
  changeConfigMap(seen: ConfigMap, change: ConfigMapChange, call?: WriteCall): Promise<ConfigMap>;
  createConfigMap(at: Named, change: ConfigMapChange, call?: WriteCall): Promise<ConfigMap>;

  /** Deployments, StatefulSets and DaemonSets of a namespace. */
  workloads(namespace: string, call?: Call): Promise<readonly Workload[]>;
  workload(ref: WorkloadRef, call?: Call): Promise<Workload | undefined>;
  /** Sets annotations of the pod template (nothing takes one away), under the generation that was seen. */
  stamp(
    seen: Workload,
    annotations: ReadonlyMap<string, string | undefined>,
    call?: WriteCall,
  ): Promise<Workload>;
  /**
   * A workload as it is, and again whenever it may have changed; nothing once it is gone. Survives a server that
   * restarts, falls silent or forgets; ends only with the signal, or with what the server refuses.
   */
  follow(ref: WorkloadRef, signal: AbortSignal): AsyncIterable<Workload | undefined>;

  /** The pods that its selector fits. */
  pods(workload: Workload, call?: Call): Promise<readonly Pod[]>;
  /** The last lines of a container, or of its run before; empty where nobody can serve them. */
  log(
    pod: Named,
    container: string,
    wanted: { readonly lines: number; readonly previous: boolean },
    call?: Call,
  ): Promise<string>;
  /** What was said of a pod, the oldest first. */
  events(pod: Pod, call?: Call): Promise<readonly PodEvent[]>;
  /** Only this very pod, not one of its name that came since. */
  deletePod(pod: Pod, call?: Call): Promise<void>;

  close(): Promise<void>;
}

/** Opens the cluster that inputs, variables and files name; an input error where none of them does. */
export type OpenCluster = () => Promise<Cluster>;
