import type { Item, Metadata, Texts } from './objects.ts';

/** The parts of pods and of what makes them that the double acts on. */
export interface KeyReference {
  readonly name: string;
  readonly key: string;
  readonly optional?: boolean;
}

export interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly configMapKeyRef?: KeyReference };
}

export interface VariablesFrom {
  readonly prefix?: string;
  readonly configMapRef?: { readonly name: string; readonly optional?: boolean };
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly Variable[];
  readonly envFrom?: readonly VariablesFrom[];
  readonly volumeMounts?: readonly {
    readonly name: string;
    readonly mountPath: string;
    readonly subPath?: string;
  }[];
}

export interface Volume {
  readonly name: string;
  readonly configMap?: {
    readonly name: string;
    readonly items?: readonly { readonly key: string; readonly path: string }[];
    readonly optional?: boolean;
  };
}

export interface PodSpec {
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
  readonly affinity?: unknown;
  readonly nodeName?: string;
  readonly hostname?: string;
  readonly subdomain?: string;
}

export interface Template {
  readonly metadata?: Partial<Pick<Metadata, 'labels' | 'annotations'>>;
  readonly spec: PodSpec;
}

export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason?: string;
  readonly message?: string;
  readonly lastUpdateTime?: string;
  readonly lastTransitionTime?: string;
}

export interface PodStatus {
  readonly phase?: string;
  readonly conditions?: readonly Condition[];
  readonly [field: string]: unknown;
}

export interface Pod extends Item {
  readonly spec: PodSpec;
  readonly status?: PodStatus;
}

interface Selector {
  readonly matchLabels?: Texts;
}

export interface ReplicaSet extends Item {
  readonly spec: {
    readonly replicas: number;
    readonly minReadySeconds?: number;
    readonly selector: Selector;
    readonly template: Template;
  };
  readonly status?: {
    readonly replicas: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
  };
}

/** A number, or a share such as 25%. */
export type Share = number | string;

export interface DeploymentStatus {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly unavailableReplicas?: number;
  readonly conditions?: readonly Condition[];
}

export interface Deployment extends Item {
  readonly spec: {
    readonly replicas: number;
    readonly paused?: boolean;
    readonly minReadySeconds?: number;
    readonly progressDeadlineSeconds: number;
    readonly revisionHistoryLimit: number;
    readonly selector: Selector;
    readonly strategy: {
      readonly type: 'RollingUpdate' | 'Recreate';
      readonly rollingUpdate?: { readonly maxSurge?: Share; readonly maxUnavailable?: Share };
    };
    readonly template: Template;
  };
  readonly status?: DeploymentStatus;
}

export interface StatefulSet extends Item {
  readonly spec: {
    readonly replicas: number;
    readonly serviceName?: string;
    readonly podManagementPolicy?: 'OrderedReady' | 'Parallel';
    readonly minReadySeconds?: number;
    readonly selector: Selector;
    readonly updateStrategy: {
      readonly type: 'RollingUpdate' | 'OnDelete';
      readonly rollingUpdate?: { readonly partition?: number };
    };
    readonly template: Template;
  };
  readonly status?: { readonly currentRevision?: string; readonly updateRevision?: string };
}

export interface DaemonSet extends Item {
  readonly spec: {
    readonly minReadySeconds?: number;
    readonly selector: Selector;
    readonly updateStrategy: {
      readonly type: 'RollingUpdate' | 'OnDelete';
      readonly rollingUpdate?: { readonly maxUnavailable?: Share };
    };
    readonly template: Template;
  };
}
