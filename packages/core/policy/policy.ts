import type { Named } from '../cluster/cluster.ts';
import type { Keys } from '../cluster/serving.ts';
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

/** Who must agree before a version moves. */
export interface ApprovalRules {
  /** How many people. */
  readonly count: number;
  /** Who may; absent, whoever may write to the repository. */
  readonly from?: {
    readonly users: readonly string[];
    /** `organisation/team` */
    readonly teams: readonly string[];
  };
  /** Whether the author of the pull request counts. */
  readonly authorCounts: boolean;
  /** Milliseconds after which an approval counts no more. */
  readonly maxAge?: number;
}

/** A gate that need not pass for a while. */
export interface Waiver {
  /** As the gate is written. */
  readonly gate: string;
  readonly reason: string;
  readonly approver: string;
  /** The last day on which it holds, or the moment at which it ends: `2026-12-31`, `2026-12-31T12:00:00Z`. */
  readonly until: string;
  readonly place: Place;
}

/** For a while, nothing moves. */
export interface Freeze {
  /** As with waivers. */
  readonly until: string;
  readonly reason: string;
  /** Who may move all the same. */
  readonly pass: readonly string[];
}

export interface ConfigMapPolicy {
  readonly place: Named;
  readonly keys: Keys;
  /** The base of the artifacts, for those who read it there. */
  readonly registryUrl?: string;
}

export interface EnvironmentPolicy {
  /** The environment that a version must have been live in before. */
  readonly after?: string;
  readonly stage?: 'Staging' | 'Production';
  readonly alias: string;
  /** Whether the file gives the alias, or it is the environment's name. */
  readonly aliasGiven: boolean;
  readonly approvals: ApprovalRules;
  /** What says in the cluster which version serves. */
  readonly configmap?: ConfigMapPolicy;
  readonly gates: readonly GateLine[];
  readonly waivers: readonly Waiver[];
  readonly freeze?: Freeze;
  /** Who may move what gates, freeze or missing approvals stand against. */
  readonly mayOverride: readonly string[];
}

/** What a team decided once, as `passmuster.yaml` says it. */
export interface Policy {
  readonly file: string;
  readonly registry?: string;
  /** By name. */
  readonly models: ReadonlyMap<string, ModelPolicy>;
  readonly environments: ReadonlyMap<string, EnvironmentPolicy>;
}
