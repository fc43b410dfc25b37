import type { InputsOf } from '@passmuster/action-kit/spec/verb.ts';
import type { MoveRecord } from '@passmuster/core/promotions/record.ts';
import type { Answered } from '../moving/answer-for.ts';
import type { Place } from '../moving/place.ts';
import type { Decision } from './decide.ts';
import type { spec } from './spec.ts';

export type Inputs = InputsOf<typeof spec>;

/** How it ended. */
export type Result =
  | { readonly is: 'settled'; readonly record: MoveRecord; readonly ticket: string }
  | { readonly is: 'planned'; readonly record: MoveRecord }
  | ({ readonly is: 'unchanged' } & Omit<Extract<Decision, { do: 'nothing' }>, 'do'>)
  | ({ readonly is: 'refused' } & Omit<Extract<Decision, { do: 'refuse' }>, 'do'>);

/** What was asked for, where, and what became of it. */
export interface Told {
  readonly place: Place;
  readonly reason: string;
  readonly result: Result;
  /** What others had left behind, and was ended first. */
  readonly answered: readonly Answered[];
}

/** What was sealed, or would be. */
export const recordIn = (result: Result): MoveRecord | undefined =>
  result.is === 'settled' || result.is === 'planned' ? result.record : undefined;

export const ticketIn = (result: Result): string =>
  (result.is === 'settled' || result.is === 'unchanged' ? result.ticket : undefined) ?? '';
