import type { Cluster } from '@passmuster/core/cluster/cluster.ts';
import type { SeenObjects } from '@passmuster/core/cluster/cluster-places.ts';
import { InputError } from '@passmuster/core/errors.ts';
import type { Acting, Ticket } from '@passmuster/core/ledger/ledger.ts';
import type { ConfigMapPolicy } from '@passmuster/core/policy/policy.ts';
import type { End, Move, Places } from '@passmuster/core/promotions/carry-out.ts';
import type { Party } from '@passmuster/core/promotions/record.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { TrafficCourse } from './course.ts';
import type { RolloutInputs } from './inputs.ts';
import type { SeenTraffic } from './look.ts';

/** What is to change in a cluster. */
export interface Asked {
  readonly seen: SeenTraffic;
  readonly model: string;
  readonly to: Party;
  /** Of the promotion; empty where none is kept. */
  readonly id: string;
  /** Of a canary; absent where the version is to serve all. */
  readonly share?: number | undefined;
  readonly isDropped?: boolean;
  readonly witness?: { readonly ledger: string; readonly last: Ticket | undefined };
  readonly signal: AbortSignal;
}

/** Places in the cluster, and the wait for what reads them. */
export interface Going extends Required<Pick<Move, 'live'>> {
  readonly places: Places;
  /** The same end with who has put there what is in the way, as far as the cluster says it. */
  told(end: End): End;
}

/** What serves: a ConfigMap in a cluster, and what reads it. */
export interface Target {
  readonly cluster: Cluster;
  readonly configmap: ConfigMapPolicy;
  readonly rollout: RolloutInputs;
  // What follows is loaded with a target alone: verbs without a cluster need none of it.
  look(this: Target, signal: AbortSignal): Promise<SeenTraffic>;
  course(this: Target, asked: Asked): Promise<TrafficCourse>;
  /** Has the server judge what would be written; `all` of it, or the ConfigMap alone. Rejects where it will not. */
  dryRun(
    this: Target,
    seen: SeenTraffic,
    steps: readonly Step[],
    signal: AbortSignal,
    all: boolean,
  ): Promise<void>;
  /** What it takes to carry steps out there. */
  going(this: Target, steps: readonly Step[], acting: Acting): Going;
  /** Objects as a look has just seen them, so that they need not be asked for again. */
  readonly seen?: SeenObjects | undefined;
}

/** Whether nobody is to be started anew. */
export const restartsNobody = ({ restart }: RolloutInputs): boolean =>
  restart.length === 1 && restart[0] === 'none';

/** A version as it is written for those who serve it. */
export function writtenAs({ number, version }: Party, { 'write-as': as }: RolloutInputs): string {
  if (as === 'number') return number;
  if (version !== undefined) return version;
  if (as === undefined) return number;
  throw new InputError([
    {
      message: `\`write-as\` is \`semantic\`, but number ${quotable(number)} has no semantic version.`,
      hint: 'Register it with one, or leave `write-as` out: then it is written as its number.',
    },
  ]);
}

/** Whether a text of the ConfigMap means a version, in either way of writing it. */
export const means = (text: string | undefined, { number, version }: Party): boolean =>
  text !== undefined && (text === number || text === version);
