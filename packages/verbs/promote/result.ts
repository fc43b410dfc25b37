import { type From, moveOf } from '@passmuster/core/promotions/record.ts';
import type { Answered } from '../moving/answer-for.ts';
import type { Moved } from '../moving/carry.ts';
import type { Considered } from './considered.ts';
import type { Job } from './job.ts';
import { madeBy } from './made-by.ts';

/** What a run came to. */
export interface Result {
  readonly considered: Considered;
  /** Present where this run has moved something, or has put it back. */
  readonly moved?: Moved;
  /** What others had left behind, and was ended first. */
  readonly answered: readonly Answered[];
}

export type Ended = 'promoted' | 'unchanged' | 'planned' | 'refused' | 'put-back' | 'stopped';

const OF_MOVE = { done: 'promoted', 'put-back': 'put-back', stopped: 'stopped' } as const;

export function endedAs({ considered, moved }: Result): Ended {
  if (moved) return OF_MOVE[moved.end.outcome];
  if (considered.decision === 'unchanged') return considered.finished ? 'promoted' : 'unchanged';
  return considered.decision === 'refuse' ? 'refused' : 'planned';
}

/** The ticket that holds the record of what is there; empty where this run has brought about none. */
export function ticketOf(job: Pick<Job, 'canary'>, result: Result): string {
  const { considered, moved } = result;
  const ended = endedAs(result);
  if (ended === 'refused' || ended === 'planned') return '';
  return moved?.seal.number ?? madeBy(job, considered.there) ?? '';
}

/** What the promotion is called and what was there before it; of one that this run only ended, by its own record. */
export function promotionOf({ considered, moved }: Result): {
  readonly id: string | undefined;
  readonly from: From | undefined;
} {
  const { finished } = considered;
  const begun = finished && !moved ? moveOf(finished.ticket) : undefined;
  if (begun) return { id: begun.id, from: begun.from };
  return { id: moved?.record.id ?? considered.plan?.id, from: considered.from };
}
