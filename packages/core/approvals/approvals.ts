import type { EnvironmentAnswer, ForgePullRequest, NamingFile, Review } from '../forge.ts';
import type { WorkflowRun } from '../host.ts';
import type { ApprovalRules } from '../policy/policy.ts';

/** What approvals are asked for. */
export interface Asking {
  readonly rules: ApprovalRules;
  /** The environment that the version is to go to, in the policy and at the forge. */
  readonly environment: string;
  /** Absent where this is no job of a workflow. */
  readonly run?: WorkflowRun;
  /** What the run is about. */
  readonly commit?: string;
  /** The pull request to look at; absent, that of the commit. */
  readonly pullRequest?: number;
  /** A changed file must hold one of them: the digest of the version's files, or where they are. */
  readonly names: readonly string[];
  /** Who may not approve, and what they did, as the end of a sentence: "registered the version". */
  readonly excluded: ReadonlyMap<string, string>;
  /** Before which moments no review counts, and what happened then: "the policy changed". */
  readonly voidBefore: readonly Event[];
  /** Absent where no plan was given. */
  readonly plan?: GivenPlan;
}

interface Event {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly why: string;
}

export interface GivenPlan {
  /** Of the file. */
  readonly digest: string;
  /** Of the plan made now. */
  readonly anew: string;
  /** The run that made the file, and which of its attempts, as the file has it. */
  readonly run?: Pick<WorkflowRun, 'id' | 'attempt'>;
  /** Who had approved the environment by then, once for each time; absent where that is not known. */
  readonly approvedBefore?: readonly string[];
}

/** Whether somebody may approve; `no` and `unknown` are sentences. */
export type Permit = 'yes' | { readonly no: string } | { readonly unknown: string };

/** What was found at the forge. */
export interface ApprovalFacts {
  readonly repository: string;
  /** The time of the forge's server; absent where it does not tell. */
  readonly now?: number;
  readonly pullRequest?: ForgePullRequest;
  /** Of that pull request. */
  readonly reviews: readonly Review[];
  /** Absent where no review was left to look for. */
  readonly naming?: NamingFile;
  /** Of this run. */
  readonly answers: readonly EnvironmentAnswer[];
  /** By keys of names; who is not in it was not asked for. */
  readonly permits: ReadonlyMap<string, Permit>;
}

export interface Approval {
  readonly by: string;
  readonly kind: 'review' | 'environment';
  /** Milliseconds since 1970; of an environment's it is not told. */
  readonly at?: number;
  readonly commit?: string;
  readonly pullRequest?: number;
}

export interface PassedOver {
  readonly by: string;
  /** A sentence. */
  readonly why: string;
}

export interface Approvals {
  /** How many people. */
  readonly needed: number;
  readonly counted: readonly Approval[];
  readonly passedOver: readonly PassedOver[];
  /** Sentences that say what is still needed; none exactly when there are enough. */
  readonly missing: readonly string[];
}
