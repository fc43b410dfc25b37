import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import { factsIn } from './predecessor.ts';
import type { Wish } from './wish.ts';

const isEvaluations = (value: unknown): value is Wish['evaluations'] =>
  Array.isArray(value) &&
  value.every(({ path, digest }) => typeof path === 'string' && typeof digest === 'string');

/** What stands on record of a version, in place of what a repetition says of it. */
export function asRecorded(wish: Wish, ticket: Ticket): Wish {
  const { code: _, ...rest } = wish;
  const evaluations = ticket.record?.['evaluations'];
  const code = ticket.record?.['code'] as Wish['code'];
  const { source, run_id: runId } = ticket.record ?? {};
  return {
    ...rest,
    ...(typeof source === 'string' && { source }),
    ...(typeof runId === 'string' && { runId }),
    facts: factsIn(ticket) ?? wish.facts,
    evaluations: isEvaluations(evaluations) ? evaluations : [],
    ...(code && { code }),
  };
}

const told = ({ facts, evaluations, source, runId }: Wish): string => {
  const { baseModel, datasets } = facts;
  return JSON.stringify([source, runId, baseModel, datasets, evaluations]);
};

/** Whether somebody said something else of the same files; what is on record stays. */
export const saysOtherwise = (wish: Wish, recorded: Wish): boolean => told(wish) !== told(recorded);
