import type { Clock } from '@passmuster/core/clock.ts';
import type { Host } from '@passmuster/core/host.ts';
import type { Voice } from '@passmuster/core/voice.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** What the inputs say; what is empty says nothing. */
export interface ClusterInputs {
  /** A path, several of them as in KUBECONFIG, or the document itself, which has more than one line. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** The address of the API server, in place of a kubeconfig. */
  readonly server?: string | undefined;
  /** The path of a PEM file, or what stands in one: whom to trust at that server. */
  readonly ca?: string | undefined;
  readonly token?: string | undefined;
}

export interface Opening {
  readonly inputs: ClusterInputs;
  readonly variables: Variables;
  /** The user's, for `.kube/config`. */
  readonly home: string;
  readonly clock: Clock;
  readonly host: Pick<Host, 'random'>;
  readonly voice: Voice;
  /** Ends whoever follows. What was asked is heard to its end: a run that is told to stop says how it ended. */
  readonly signal: AbortSignal;
  /** Where a pod finds its service account; where Kubernetes puts it, if nothing is said. */
  readonly serviceAccount?: string;
}
