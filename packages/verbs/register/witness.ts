import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Ledger } from '@passmuster/core/ledger/ledger.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { VERSION_TAG } from '@passmuster/core/versions/identifier.ts';
import { VERSION_MARK } from '@passmuster/core/versions/sealed.ts';
import { TICKET_TAG, ticketText } from './tags.ts';
import type { World } from './world.ts';

/** The newest version that names a ticket of this ledger, and that ticket. */
function newestWitness({ name }: Ledger, { versions }: World) {
  const prefix = ticketText(name, '');
  const version = versions.findLast(({ tags }) => tags.get(TICKET_TAG)?.startsWith(prefix));
  return version && { version, ticket: version.tags.get(TICKET_TAG)?.slice(prefix.length) ?? '' };
}

/** Names that were sealed would lose their meaning without the ledger that says so: then nobody writes. */
export async function refuseLostLedger(
  ledger: Ledger,
  world: World,
  signal: AbortSignal,
): Promise<void> {
  const witness = newestWitness(ledger, world);
  if (witness === undefined) return;
  const { version, ticket: number } = witness;
  const identifier = version.tags.get(VERSION_TAG) ?? '';
  const ticket = /^[0-9]{1,9}$/.test(number) ? await ledger.ticket(number, signal) : undefined;
  if (ticket?.queue === 'names' && ticket.marks.get(VERSION_MARK) === identifier) return;
  throw new PassmusterError('conflict', [
    {
      message: `Number ${version.number} of "${quotable(version.model)}" names ticket ${quotable(number)} of the ledger "${quotable(ledger.name)}", which has no such ticket: the ledger was deleted, made anew or edited.`,
      hint: 'Restore the registry from a copy that has both. If only the tag is wrong, take `passmuster.ticket` off that version.',
    },
  ]);
}
