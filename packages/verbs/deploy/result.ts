import type { Problem } from '@passmuster/core/errors.ts';
import type { End } from '@passmuster/core/promotions/carry-out.ts';
import type { Move, Party, Traffic } from '@passmuster/core/promotions/record.ts';
import type { Answered } from '../moving/answer-for.ts';
import type { Target } from '../traffic/target.ts';

/** What moves, or would. */
export type Moving = Pick<Move, 'id' | 'from' | 'steps' | 'who' | 'reason'> & {
  readonly to: Party;
  readonly traffic: Traffic;
};

export type Result =
  | {
      readonly is: 'carried-out';
      readonly move: Moving;
      readonly end: End;
      /** Its record; empty where none is kept. */
      readonly ticket: string;
      readonly remarks: readonly string[];
    }
  | { readonly is: 'planned'; readonly move: Moving; readonly remarks: readonly string[] }
  | {
      readonly is: 'unchanged';
      readonly from?: Party;
      readonly to: Party;
      readonly traffic: Traffic;
      readonly remarks: readonly string[];
    }
  | {
      readonly is: 'refused';
      readonly from?: Party;
      readonly to?: Party;
      readonly problems: readonly Problem[];
      /** Whether somebody else's move is in the way. */
      readonly isConflict: boolean;
    };

/** What was asked for, and what became of it. */
export interface Told {
  readonly what: 'serve' | 'canary' | 'drop';
  readonly model: string;
  /** Absent where a ConfigMap is moved that belongs to no environment. */
  readonly environment?: string;
  readonly target: Target;
  readonly registry: string;
  /** Absent where no record is kept. */
  readonly ledger?: string;
  /** How the policy was read, in a sentence. */
  readonly policy: { readonly from: 'default-branch' | 'file' | 'none'; readonly said: string };
  readonly result: Result;
  readonly answered: readonly Answered[];
}

export type Ended =
  | 'deployed'
  | 'canary'
  | 'dropped'
  | 'unchanged'
  | 'planned'
  | 'refused'
  | 'put-back'
  | 'stopped';

const DONE = { serve: 'deployed', canary: 'canary', drop: 'dropped' } as const;

export function endedAs({ what, result }: Pick<Told, 'what' | 'result'>): Ended {
  if (result.is !== 'carried-out') return result.is;
  return result.end.outcome === 'done' ? DONE[what] : result.end.outcome;
}

export const movingIn = (result: Result): Moving | undefined =>
  result.is === 'carried-out' || result.is === 'planned' ? result.move : undefined;

/** The version that the environment has, and the one that it is about, as far as they are known. */
export function partiesIn(result: Result): { readonly from?: Party; readonly to?: Party } {
  const { from, to } = 'move' in result ? result.move : result;
  return { ...(from && { from }), ...(to && { to }) };
}
