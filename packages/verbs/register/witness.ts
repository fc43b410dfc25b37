import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Ledger } from '@passmuster/core/ledger/ledger.ts';
import { found, quotable } from '@passmuster/core/quote.ts';
import { VERSION_TAG } from '@passmuster/core/versions/identifier.ts';
import type { SealedName } from '@passmuster/core/versions/sealed.ts';
import type { Ports } from './ports.ts';
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
  names: ReadonlyMap<string, SealedName>,
  { signal, voice }: Pick<Ports, 'signal' | 'voice'>,
): Promise<void> {
  const witness = newestWitness(ledger, world);
  if (witness === undefined) return;
  const { version, ticket: name } = witness;
  const sealing = [...names.values()].find(({ ticket }) => ticket.number === name)?.ticket;
  const asks = sealing === undefined && /^[0-9]{1,9}$/.test(name);
  const ticket = asks ? await ledger.ticket(name, signal) : sealing;
  const number = ticket?.result?.['number'] ?? version.number;
  // Nothing is made before the record is there.
  if (ticket?.record === undefined || number !== version.number) {
    throw new PassmusterError('conflict', [
      {
        message: `Number ${quotable(version.number)} of "${quotable(version.model)}" names ticket ${quotable(name)} of the ledger "${quotable(ledger.name)}", which has no such ticket: the ledger was deleted, made anew or edited.`,
        hint: 'Restore the registry from a copy that has both. If only the tag is wrong, take `passmuster.ticket` off that version.',
      },
    ]);
  }
  const sealed = [...names.values()].find((one) => one.number === version.number)?.identifier;
  const says = version.tags.get(VERSION_TAG);
  if (sealed === undefined || says === sealed) return;
  voice.warn(
    `Number ${version.number} was sealed as ${quotable(sealed)}, but its tag \`${VERSION_TAG}\` ${says === undefined ? 'is gone' : `says ${found(says)}`}. It does not go by its name until that is put right.`,
  );
}
