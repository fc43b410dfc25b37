import type { Ledger, Ticket, Whole } from '@passmuster/core/ledger/ledger.ts';
import { notLost } from '@passmuster/core/promotions/problems.ts';
import type { Witness } from './witness.ts';

/** Tickets of names, also those that are under way: their versions come before they are sealed. */
function named(whole: Whole): readonly Ticket[] {
  const open = whole.open.filter(({ queue }) => queue === 'names');
  return [...whole.history('names').sealed, ...open];
}

/** What is remembered of tickets that the ledger does not have, or not as they were; each once. */
export function missingIn(whole: Whole, witnesses: readonly Witness[]): readonly Witness[] {
  const chains = new Map<string, readonly Ticket[]>();
  const chain = (environment: string): readonly Ticket[] => {
    const known = chains.get(environment);
    if (known) return known;
    const read = environment === '' ? named(whole) : whole.history({ environment }).sealed;
    chains.set(environment, read);
    return read;
  };
  const missing = witnesses.filter(
    ({ environment, number, digest }) =>
      !chain(environment).some(
        (ticket) => ticket.number === number && (digest === '' || ticket.digest === digest),
      ),
  );
  return [...new Map(missing.map((one) => [`${one.number} ${one.digest}`, one])).values()];
}

/**
 * The same without what somebody has settled. A ticket may have come after the ledger was read and before the
 * versions were: what is missing is looked for once more.
 */
export async function lostIn(
  ledger: Pick<Ledger, 'whole'>,
  whole: Whole,
  witnesses: readonly Witness[],
  signal: AbortSignal,
): Promise<readonly Witness[]> {
  const missing = notLost(whole, missingIn(whole, witnesses));
  if (missing.length === 0) return [];
  const after = await ledger.whole(signal);
  return notLost(after, missingIn(after, missing));
}
