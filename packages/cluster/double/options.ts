import type { Texts } from './objects.ts';
import type { User } from './wire/users.ts';

export interface Options {
  /** 0, as by default, takes one that is free. */
  readonly port?: number;
  /** The token of who may do everything. */
  readonly admin?: string;
  /** By their tokens; one without rules may do nothing. */
  readonly users?: Readonly<Record<string, User>>;
  readonly namespaces?: readonly string[];
  /** How many nodes a DaemonSet has to fill. */
  readonly nodes?: number;
  /** How long controllers and kubelet take for one step, in milliseconds. */
  readonly pace?: number;
  /** How long a second of a deadline lasts, in milliseconds. */
  readonly second?: number;
  /** How many changes a watch can be resumed over. */
  readonly history?: number;
  /** How often a watch that wants them gets bookmarks, in milliseconds. */
  readonly bookmarks?: number;
  /** Without it somebody else has to report how pods do. */
  readonly kubelet?: boolean;
}

/** What a pod that is ready runs with. */
export interface ServingPod {
  readonly pod: string;
  readonly env: Texts;
  /** Command and arguments of each container. */
  readonly args: Readonly<Record<string, readonly string[]>>;
  /** What its ConfigMaps show it as files, by their paths. */
  readonly files: Texts;
}
