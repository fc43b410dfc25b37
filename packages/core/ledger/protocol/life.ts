import type { TicketEntry } from './entries.ts';

/** What an observer has seen of a ticket's holder. */
export interface Life {
  /** Milliseconds, by the observer's own clock, for which two looks have proven that nothing changed. */
  readonly unchangedFor: number;
  /** Its run has finished, or its process has ended: nobody is there to renew it. */
  readonly gone: boolean;
}

/** What is known about each ticket; nothing about those that were never observed. */
export type Pulse = ReadonlyMap<number, Life>;

/** How often a ticket says that its holder lives. */
export const renewEvery = (lease: number): number => lease / 6;

/** One write to the world; then its holder may still renew in time, or finds out that it did not. */
export const effectDeadline = (lease: number): number => Math.min(10_000, lease / 4);

/** A holder that has not renewed for so long renews and looks again before it writes. */
export const stale = (lease: number): number => lease / 2;

const MISSED_RENEWALS = 2;

/** Expiry is judged by observed change alone; knowing that the holder is gone shortens it, never to none. */
export function isDead({ lease }: TicketEntry, life: Life | undefined): boolean {
  if (life === undefined) return false;
  return life.unchangedFor >= (life.gone ? MISSED_RENEWALS * renewEvery(lease) : lease);
}
