import type { Problem } from '@passmuster/core/errors.ts';
import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import { heldBy } from '@passmuster/core/ledger/words.ts';
import { moveOf } from '@passmuster/core/promotions/record.ts';
import { type Difference, differences, writtenBy } from '@passmuster/core/promotions/summary.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { lookAt, type Seen, type SeenThere, thereIn } from './look.ts';
import type { Environment, Place } from './place.ts';
import { placeShown, valueShown } from './steps-shown.ts';

interface World {
  readonly seen: Seen;
  readonly there: SeenThere;
}

const NOTHING = { alias: false, stage: false };

/** Where it is not as the ledger says; `own` where it is as the ticket's own record says. */
function offIn({ seen, there }: World, ticket: Ticket | undefined) {
  const { recorded, environment, standing } = there;
  const { policy, hasAlias = true } = environment;
  const move = ticket && moveOf(ticket);
  if (recorded === undefined || move === undefined) return { own: [], others: 0 };
  const expected = recorded.party?.number ?? '';
  const { emptied = NOTHING } = standing.kind === 'unclear' ? standing : {};
  const off = differences(policy, seen.marks, expected, seen.hasAliases && hasAlias, emptied);
  const own = writtenBy(move, off);
  return { own, others: off.length - own.length };
}

/** What this run has written itself is no hand's doing, however late it came. */
function ownText(own: readonly Difference[], isLate: boolean): string {
  const places = own.map((one) => `${placeShown(one)} stands at ${valueShown(one, one.found)}`);
  return `${isLate ? 'a late write' : 'so far the work'} of this run: ${places.join(', ')}`;
}

function standsText({ name }: Environment, world: World, ticket: Ticket | undefined): string {
  const { standing } = world.there;
  const { own, others } = offIn(world, ticket);
  const said =
    standing.kind === 'version'
      ? `${quotable(name)} has number ${quotable(standing.version.number)} now`
      : standing.says;
  if (own.length === 0) return said;
  const ours = ownText(own, ticket?.outcome !== undefined);
  return others === 0 ? ours : `${ours}; ${said}`;
}

/** What has become of a move whose ticket somebody else answers for by now, and what stands where. */
export async function becomeOf(place: Place, number: string, by: string): Promise<Problem> {
  const { ledger, environment } = place;
  const { signal } = new AbortController();
  const seen = await lookAt(place, signal);
  const there = thereIn(seen, environment);
  const ticket = await ledger.ticket(number, signal);
  const claimer = await ledger.ticket(ticket?.claimedBy ?? by, signal);
  const who = claimer ? `, by ${heldBy(claimer)}` : '';
  const ended = ticket?.outcome ? `ended as ${ticket.outcome}${who}` : 'is not answered for yet';
  return {
    message: `Ticket ${number} ${ended}; ${standsText(environment, { seen, there }, ticket)}.`,
    hint: 'Look at `passmuster status`, then run this again.',
  };
}
