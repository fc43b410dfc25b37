import type { Place } from '../errors.ts';
import type { Scheme } from '../versions/identifier.ts';

/** One gate as it was written; what its text means is for the gate language to say. */
export interface GateLine {
  readonly text: string;
  /** What it means when the gate does not pass. */
  readonly level: 'fail' | 'warn';
  readonly place: Place;
}

export interface ModelPolicy {
  readonly gates: readonly GateLine[];
  /** Globs, relative to the root of the repository. */
  readonly evaluations: readonly string[];
  /** How its versions are named. */
  readonly versioning: Scheme;
  /** What evidence `promote` takes: only what provably speaks of the version, or any. */
  readonly evidence: 'bound' | 'unbound';
  /** What of a version a file must name to speak of it: its root digest, or else model and number. */
  readonly bind: 'digest' | 'name';
  /** Whether what is not proven to be comparable with the champion is not compared. */
  readonly comparable?: 'required';
}

export interface EnvironmentPolicy {
  /** The environment that a version must have been live in before. */
  readonly after?: string;
  readonly stage?: 'Staging' | 'Production';
  readonly alias: string;
  /** Whether the file gives the alias, or it is the environment's name. */
  readonly aliasGiven: boolean;
  readonly approvals: number;
  /** `namespace/name` */
  readonly configmap?: string;
  readonly gates: readonly GateLine[];
}

/** What a team decided once, as `passmuster.yaml` says it. */
export interface Policy {
  readonly file: string;
  readonly registry?: string;
  /** By name. */
  readonly models: ReadonlyMap<string, ModelPolicy>;
  readonly environments: ReadonlyMap<string, EnvironmentPolicy>;
}
