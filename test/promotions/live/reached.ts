import { moveOf } from '@passmuster/core/promotions/record.ts';
import { standsOf } from '@passmuster/core/promotions/step.ts';
import { valuesAt } from '@passmuster/core/promotions/values-at.ts';
import { sealedSince } from './judge.ts';
import type { State } from './scene.ts';

/** How far a run had come that was killed, by what it has left. */
export const REACHED = [
  'no ticket',
  'a ticket',
  'its record',
  'some effects',
  'all effects',
  'its seal',
] as const;

export type Reached = (typeof REACHED)[number];

export function reached(before: State, after: State): Reached {
  if (sealedSince(before, after, 'production').length > 0) return 'its seal';
  const [ticket] = after.open;
  if (ticket === undefined) return 'no ticket';
  if (ticket.record === undefined) return 'a ticket';
  const steps = moveOf(ticket)?.steps ?? [];
  const stands = standsOf(steps, valuesAt(steps, after.marks));
  if (!stands.includes('after')) return 'its record';
  return stands.includes('before') ? 'some effects' : 'all effects';
}

/** Whether the version had come in, so that only its seal was missing. */
export const isIn = (how: Reached): boolean => how === 'its seal' || how === 'all effects';
