import { type Standing, standingOf } from '@passmuster/core/environments/standing.ts';
import type { Seal } from '@passmuster/core/ledger/ledger.ts';
import { unsettled } from '@passmuster/core/promotions/problems.ts';
import type { Accepted, From, Party } from '@passmuster/core/promotions/record.ts';
import type { Seen, SeenThere } from '../moving/look.ts';
import { partyOf } from '../moving/party.ts';
import type { Place } from '../moving/place.ts';
import { fromOf } from '../moving/record-of.ts';

/** What is to be done about what stands there. */
export type Decision =
  | ({ readonly do: 'seal' } & Settling)
  | { readonly do: 'nothing'; readonly live?: Party; readonly ticket?: string }
  | { readonly do: 'refuse'; readonly says: string; readonly hint: string };

interface Settling {
  /** What the ledger had there. */
  readonly from?: From;
  /** What stands there. */
  readonly to?: Party;
  /** What is wrong with the ledger, and is taken as it is. */
  readonly accepted: readonly Accepted[];
  readonly lost: readonly Seal[];
}

interface At {
  readonly place: Place;
  readonly seen: Seen;
  readonly there: SeenThere;
}

/**
 * What the registry shows. Where the ledger is right that counts more: a version that has gone on to the next
 * environment is in no stage of this one, and live here all the same.
 */
function shownBy({ seen: { marks }, there: { environment, standing } }: At): Standing {
  if (standing.kind === 'version') return standing;
  const { name, policy, hasAlias = true } = environment;
  const none = new Map<string, string>();
  return standingOf(name, policy, hasAlias ? marks : { ...marks, aliases: none });
}

/** What is wrong with both chains that this environment depends on; what others remember is told apart. */
function wrongWith({ place: { environment }, seen: { whole } }: At): Accepted[] {
  const chains = [whole.history({ environment: environment.name }), whole.history('names')];
  const problems = chains.flatMap((history) => unsettled(whole, history));
  const found = problems.map(({ message, mark }) => ({
    message,
    ...(mark !== undefined && { mark }),
  }));
  return [...new Map(found.map((one) => [`${one.mark} ${one.message}`, one])).values()];
}

/** Whether the ledger names by a ticket what the registry shows, and nothing is left to be settled. */
function isAgreed({ there }: At, shown: Standing): boolean {
  const { recorded, history, standing } = there;
  if (standing.kind === 'unclear') return false;
  if (history.sealed.at(-1)?.outcome === 'stopped') return false;
  const { party, ticket } = recorded ?? {};
  if (shown.kind !== 'version') return party === undefined;
  return party?.number === shown.version.number && ticket !== undefined;
}

export function decide(at: At): Decision {
  const { seen, there } = at;
  const shown = shownBy(at);
  if (shown.kind === 'unclear') {
    return { do: 'refuse', says: shown.says, hint: `${shown.hint} Then run this again.` };
  }
  const to = shown.kind === 'version' ? partyOf(shown.version, seen.names) : undefined;
  const accepted = wrongWith(at);
  const lost = seen.lost.map(({ number, digest }) => ({ number, digest }));
  if (accepted.length === 0 && lost.length === 0 && isAgreed(at, shown)) {
    const ticket = there.recorded?.ticket;
    return { do: 'nothing', ...(to && { live: to }), ...(ticket !== undefined && { ticket }) };
  }
  const from = there.recorded && fromOf(there, seen);
  return { do: 'seal', accepted, lost, ...(from && { from }), ...(to && { to }) };
}
