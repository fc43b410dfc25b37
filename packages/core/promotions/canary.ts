import type { Ticket } from '../ledger/ledger.ts';
import { hasMoved } from './live.ts';
import { type Move, moveOf, type Party, type Traffic } from './record.ts';

/** A canary that takes part in an environment. */
export interface Canary {
  readonly party: Party;
  readonly traffic: Traffic;
  readonly ticket: Ticket;
  readonly move: Move;
}

/** The last move of an environment's traffic that came about. */
export function lastTraffic(
  sealed: readonly Ticket[],
): { readonly ticket: Ticket; readonly move: Move & { readonly traffic: Traffic } } | undefined {
  for (const ticket of sealed.toReversed()) {
    if (!hasMoved(ticket.outcome) && ticket.outcome !== 'canary') continue;
    const move = moveOf(ticket);
    const { traffic } = move ?? {};
    if (move && traffic) return { ticket, move: { ...move, traffic } };
  }
  return undefined;
}

/** The canary that runs by the record; one without any traffic holds nobody up. */
export function canaryIn(sealed: readonly Ticket[]): Canary | undefined {
  const last = lastTraffic(sealed);
  const { to, traffic } = last?.move ?? {};
  if (last === undefined || to === undefined || traffic?.canary === undefined) return undefined;
  return traffic.share > 0
    ? { party: to, traffic, ticket: last.ticket, move: last.move }
    : undefined;
}
