import type { End } from '@passmuster/core/promotions/carry-out.ts';
import type { Move, MoveRecord } from '@passmuster/core/promotions/record.ts';
import type { Answered } from '../moving/answer-for.ts';
import type { Place } from '../moving/place.ts';
import type { Decision } from './decide.ts';
import type { Refusal } from './refusal.ts';
import type { Wish } from './wish.ts';

/** What was recorded and carried out, by this run or by one whose work it ended. */
export interface Done {
  readonly move: Pick<Move, 'id' | 'from' | 'to' | 'steps' | 'who' | 'reason'>;
  readonly end: End;
  /** Its record. */
  readonly ticket: string;
  /** Versions that were archived along with it, and that nobody had counted on. */
  readonly displaced: readonly string[];
  /** What a reader should know of what did not move. */
  readonly remarks: readonly string[];
}

/** How it ended. */
export type Result =
  | ({ readonly is: 'carried-out' } & Done)
  | {
      readonly is: 'planned';
      readonly record: MoveRecord;
      readonly remarks: readonly string[];
    }
  | ({ readonly is: 'unchanged' } & Omit<Extract<Decision, { do: 'nothing' }>, 'do'>)
  | ({ readonly is: 'refused' } & Refusal);

/** What was asked for, where, and what became of it. */
export interface Told {
  readonly place: Place;
  readonly wish: Wish;
  readonly reason: string;
  readonly result: Result;
  /** What others had left behind, and was ended first. */
  readonly answered: readonly Answered[];
}

export type Ended = 'rolled-back' | 'unchanged' | 'planned' | 'refused' | 'put-back' | 'stopped';

export function endedAs(result: Result): Ended {
  if (result.is !== 'carried-out') return result.is;
  const { outcome } = result.end;
  return outcome === 'done' ? 'rolled-back' : outcome;
}

/** The move itself, done or planned. */
export function moveIn(result: Result): Done['move'] | undefined {
  if (result.is === 'carried-out') return result.move;
  return result.is === 'planned' ? result.record : undefined;
}

export const ticketIn = (result: Result): string =>
  (result.is === 'carried-out' && result.ticket) ||
  (result.is === 'unchanged' && result.ticket?.number) ||
  '';
