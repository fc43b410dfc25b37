import type { Registry } from './registry.ts';

/** The address that a policy names, and how far that may be trusted. */
export interface PolicyAddress {
  readonly value: string;
  /** Who said it, as a message begins: "`registry` in passmuster.yaml". */
  readonly from: string;
  /** Whether credentials may be sent there; not where a pull request could have changed it. */
  readonly trusted: boolean;
  /** What a path in it is relative to, itself relative to the folder of the run; empty for that one. */
  readonly folder: string;
}

/** Opens the registry of the run: the input's, else the policy's, else the one that MLflow's variables name. */
export type OpenRegistry = (policy: PolicyAddress | undefined) => Promise<Registry>;
