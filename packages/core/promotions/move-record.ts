import type { Content, Seal } from '../ledger/ledger.ts';
import type { Step } from './step.ts';

/** A version as a record names it. */
export interface Party {
  /** The registry's own number of it. */
  readonly number: string;
  /** What `register` sealed it as. */
  readonly version?: string;
  /** The root digest of its files. */
  readonly digest?: string;
}

/** What was there before a move. */
export interface From extends Party {
  /** The ticket that made it what was there; absent where none did. */
  readonly ticket?: string;
  /** It was there before anything was on record. */
  readonly found?: true;
}

/** The alias and the stage of an environment, as far as it has them. */
export interface Has {
  readonly alias?: string;
  readonly stage?: 'Staging' | 'Production';
}

/** Who moved it. */
export interface Mover {
  readonly actor: string;
  /** Who started the run first, where somebody else has started it again. */
  readonly started_by?: string;
  readonly run?: string;
  readonly repository?: string;
}

/** One gate as it was judged. */
export interface JudgedGate {
  readonly gate: string;
  readonly level: 'fail' | 'warn';
  readonly verdict: 'pass' | 'fail' | 'inconclusive' | 'not-applicable';
  readonly value?: number;
  readonly bound?: number;
  /** Until when, by whom and why it need not pass. */
  readonly waived?: { readonly until: string; readonly approver: string; readonly reason: string };
}

export interface RecordedApproval {
  readonly by: string;
  readonly kind: 'review' | 'environment';
  readonly pull_request?: number;
  readonly commit?: string;
  readonly at?: string;
}

/** What was passed over, by whose word. */
export interface Override {
  readonly reason: string;
  readonly passed: readonly string[];
}

/** Something that was wrong with the ledger: what was said of it, and the mark of what was found. */
export interface Accepted {
  readonly message: string;
  readonly mark?: string;
}

/** What a ConfigMap is to say of what serves; versions as they are written there. */
export interface Traffic {
  /** `namespace/name` */
  readonly configmap: string;
  readonly current?: string;
  /** There while a canary takes part. */
  readonly canary?: string;
  /** Of the traffic, in percent, what the canary gets. */
  readonly share: number;
}

/** All that a ticket of `moves` says of itself: written before the first effect, and never again. */
export interface MoveRecord {
  readonly verb: 'promote' | 'rollback' | 'settle' | 'deploy';
  /** The promotion's id. */
  readonly id: string;
  readonly model: string;
  readonly environment: string;
  /** Absent where nobody was there. */
  readonly from?: From;
  /** Absent where nobody is to be there; only `settle` seals that. */
  readonly to?: Party;
  readonly steps: readonly Step[];
  /** What is to serve once all is done, where the cluster takes part. */
  readonly traffic?: Traffic;
  /** What says which version the environment has, for whoever comes without a policy. */
  readonly has?: Has;
  /** Those of both that say so of `to` once all is done: a hand that empties one of them shows. */
  readonly marked?: Has;
  readonly at: string;
  readonly who: Mover;
  readonly reason?: string;
  readonly verdict?: 'pass' | 'fail' | 'inconclusive';
  readonly gates?: readonly JudgedGate[];
  /** Digests of the evidence that gates were judged by. */
  readonly evidence?: readonly string[];
  readonly approvals?: readonly RecordedApproval[];
  readonly override?: Override;
  readonly policy?: { readonly from: string; readonly digest?: string; readonly commit?: string };
  readonly plan?: string;
  /** What was wrong with the ledger, and taken as it is by whoever settled it. */
  readonly accepted?: readonly Accepted[];
  /** What others remember of a ledger that was lost. */
  readonly lost?: readonly Seal[];
}

/** For the ledger, which takes any JSON. */
export const contentOf = (record: MoveRecord): Content => ({ ...record });

/** What others act by of a record; the rest of it is for people and programs to read. */
export type Move = Pick<
  MoveRecord,
  | 'verb'
  | 'id'
  | 'from'
  | 'to'
  | 'steps'
  | 'traffic'
  | 'has'
  | 'marked'
  | 'who'
  | 'reason'
  | 'verdict'
  | 'override'
  | 'accepted'
  | 'lost'
>;
