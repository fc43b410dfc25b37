import type { Problem } from '../errors.ts';
import type { History, Seal, Ticket, Whole } from '../ledger/ledger.ts';
import { hasMoved } from './live.ts';
import { type Accepted, moveOf } from './record.ts';

/** One that was answered for says `done`, as every move does. */
const settledIn = (whole: Whole): readonly Ticket[] =>
  whole.environments
    .flatMap((environment) => whole.history({ environment }).sealed)
    .filter(({ outcome, record }) => hasMoved(outcome) && record?.['verb'] === 'settle');

/** What somebody has taken as it is, by sealing that with their name. */
const acceptedIn = (whole: Whole): readonly Accepted[] =>
  settledIn(whole).flatMap((ticket) => moveOf(ticket)?.accepted ?? []);

/** Those that nobody has settled as lost: what is remembered of a ledger that is gone says nothing of this one. */
export function notLost<One extends Seal>(whole: Whole, witnesses: readonly One[]): readonly One[] {
  if (witnesses.length === 0) return witnesses;
  const lost = settledIn(whole).flatMap((ticket) => moveOf(ticket)?.lost ?? []);
  return witnesses.filter(
    ({ number, digest }) => !lost.some((one) => one.number === number && one.digest === digest),
  );
}

/** What is wrong with a history, and what of that nobody has accepted yet. */
export function unsettled(whole: Whole, { problems }: History): readonly Problem[] {
  if (problems.length === 0) return [];
  const accepted = acceptedIn(whole);
  return problems.filter(
    ({ message, mark }) =>
      !accepted.some(
        (one) => one.message === message && (one.mark === undefined || one.mark === mark),
      ),
  );
}
