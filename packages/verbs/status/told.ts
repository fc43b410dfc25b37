import type { Standing } from '@passmuster/core/environments/standing.ts';
import type { Problem } from '@passmuster/core/errors.ts';
import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import type { TrustedPolicy } from '@passmuster/core/policy/trusted-policy.ts';
import type { Move, Party } from '@passmuster/core/promotions/record.ts';
import type { Stand, Step } from '@passmuster/core/promotions/step.ts';
import type { Arrival, Difference, Entry } from '@passmuster/core/promotions/summary.ts';
import type { Running } from './cluster/about.ts';
import type { ToldCluster } from './cluster/told.ts';
import type { Environment } from './places.ts';
import type { Inputs } from './ports.ts';

/** How what stands there is not what the ledger says. */
export interface Disagreement {
  /** A sentence without its end. */
  readonly says: string;
  readonly hint: string;
  readonly differences: readonly Difference[];
  /** The versions that those speak of, with their names. */
  readonly parties: readonly Party[];
  /** The move that has stopped there, and not been settled since. */
  readonly stopped?: Entry;
  /** The move whose own write has perhaps landed late. */
  readonly late?: Entry;
}

export type State =
  | 'agrees'
  /** A move is being carried out, and what stands there is a part of it. */
  | 'under-way'
  | 'disagrees'
  /** The ledger says nothing of it: what is told is what the registry says alone. */
  | 'unrecorded'
  /** Neither says anything that could be read. */
  | 'unknown';

export interface ToldEnvironment {
  readonly environment: Environment;
  readonly state: State;
  /** What the ledger says is there; without a record, what the registry says. Absent where nobody is. */
  readonly party?: Party;
  readonly arrival?: Arrival;
  /** Moves of that version to here which passed over something. */
  readonly overrides: readonly Entry[];
  readonly standing: Standing;
  readonly disagreement?: Disagreement;
  /** The oldest first. */
  readonly entries: readonly Entry[];
  /** The canary that runs there by the record. */
  readonly canary?: Running;
  /** What serves there, where somebody has looked. */
  readonly cluster?: ToldCluster;
}

/** Something that is wrong with a ledger, and whether somebody has taken it as it is. */
export interface LedgerProblem extends Problem {
  readonly isAccepted: boolean;
}

/** A ticket of a move that has no end yet. */
export interface Waiting {
  readonly ticket: Ticket;
  /** Its record is written and nobody seems to carry it out: a part of it may be done, and stays so. */
  readonly isAbandoned: boolean;
  /** There once its record is written: what it changes, and how far that has come. */
  readonly open?: {
    readonly move: Move;
    readonly steps: readonly { readonly step: Step; readonly stands: Stand }[];
  };
}

export interface ToldModel {
  readonly model: string;
  /** Whether the registry has such a model. */
  readonly isThere: boolean;
  readonly hasLedger: boolean;
  /** Whether the server can list its versions: else nothing is known of what stands where. */
  readonly isListed: boolean;
  readonly environments: readonly ToldEnvironment[];
  /** Environments that the ledger knows, wanted or not. */
  readonly knows: readonly string[];
  /** Moves that are under way or wait, in order. */
  readonly waiting: readonly Waiting[];
  /** Registrations that are under way or wait, in order. */
  readonly naming: readonly Ticket[];
  readonly problems: readonly LedgerProblem[];
  /** What the registry says, where no environment is known to look for it. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly stages: ReadonlyMap<string, readonly string[]>;
  /** Whether the ledger changed in every look. */
  readonly isMoving: boolean;
  /** Why nothing could be read, in place of all else. */
  readonly unread?: readonly Problem[];
}

/** All that there is to tell. */
export interface Told {
  readonly inputs: Inputs;
  readonly policy: TrustedPolicy;
  /** The address. */
  readonly registry: string;
  readonly models: readonly ToldModel[];
  /** Registered models that are called like ledgers and are none. */
  readonly strange: readonly string[];
  /** Why the server keeps no ledger. */
  readonly noLedger?: string;
  /** Why nobody has looked at the cluster, where the policy says that something is there. */
  readonly noCluster?: string;
}

/** Whether one model was asked for, whose name need not be said on each line. */
export const isSingle = ({ inputs }: Told): boolean => inputs.model !== undefined;

export const unaccepted = ({ problems }: ToldModel): LedgerProblem[] =>
  problems.filter(({ isAccepted }) => !isAccepted);

export const disagreeing = ({ environments }: ToldModel): ToldEnvironment[] =>
  environments.filter(({ state }) => state === 'disagrees');

/** Moves that somebody has to end. */
export const abandoned = ({ waiting }: ToldModel): Waiting[] =>
  waiting.filter(({ isAbandoned }) => isAbandoned);

const clustersIn = ({ environments }: ToldModel): ToldCluster[] =>
  environments.flatMap(({ cluster }) => cluster ?? []);

/** Whether what serves there is not as it is to be, or could not be read. */
export const isClusterWrong = ({ cluster }: ToldEnvironment): boolean =>
  cluster !== undefined && (cluster.disagreements.length > 0 || cluster.unread !== undefined);

/** What could not be read of the cluster, each ConfigMap once: models share their environments. */
export function unreadClusters({ models }: Told): readonly [string, Problem][] {
  const unread = new Map<string, [string, Problem]>();
  for (const { environment, cluster } of models.flatMap(({ environments }) => environments)) {
    const problem = cluster?.unread;
    if (cluster && problem) unread.set(cluster.configmap, [environment.name, problem]);
  }
  return [...unread.values()];
}

/** Everything that somebody has to look after. */
export const disagreementsIn = (told: Told): number =>
  told.models.reduce(
    (sum, model) =>
      sum +
      disagreeing(model).length +
      clustersIn(model).reduce((of, one) => of + one.disagreements.length, 0) +
      abandoned(model).length +
      unaccepted(model).length +
      (model.unread ? 1 : 0),
    told.strange.length + unreadClusters(told).length,
  );

/** Whether it need not be looked at a second time. */
export const isCalm = (model: ToldModel): boolean =>
  model.waiting.length === 0 &&
  disagreeing(model).length === 0 &&
  clustersIn(model).every(({ disagreements }) => disagreements.length === 0) &&
  unaccepted(model).length === 0;
