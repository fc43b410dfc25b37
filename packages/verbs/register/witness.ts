import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Ledger } from '@passmuster/core/ledger/ledger.ts';
import { notLost } from '@passmuster/core/promotions/problems.ts';
import { found, quotable } from '@passmuster/core/quote.ts';
import { VERSION_TAG } from '@passmuster/core/versions/identifier.ts';
import type { SealedName } from '@passmuster/core/versions/sealed.ts';
import type { Ports } from './ports.ts';
import { namesTicket } from './tags.ts';
import type { World } from './world.ts';

/** The newest version that names a ticket of this ledger, and that ticket. */
function newestWitness({ name }: Ledger, { versions }: World) {
  const version = versions.findLast((one) => namesTicket(name, one) !== undefined);
  return version && { version, ticket: namesTicket(name, version) ?? '' };
}

/** Whether somebody has settled that the ledger lost this ticket. */
async function isSettled(ledger: Ledger, number: string, signal: AbortSignal): Promise<boolean> {
  return notLost(await ledger.whole(signal), [{ number, digest: '' }]).length === 0;
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
  if (sealing === undefined && (await isSettled(ledger, name, signal))) return;
  const asks = sealing === undefined && /^[0-9]{1,9}$/.test(name);
  const ticket = asks ? await ledger.ticket(name, signal) : sealing;
  const number = ticket?.result?.['number'] ?? version.number;
  // Nothing is made before the record is there.
  if (ticket?.record === undefined || number !== version.number) {
    throw new PassmusterError('conflict', [
      {
        message: `Number ${quotable(version.number)} of "${quotable(version.model)}" names ticket ${quotable(name)} of the ledger "${quotable(ledger.name)}", which has no such ticket: the ledger was deleted, made anew or edited.`,
        hint: 'Restore the registry from a copy that has both, or take the loss into the history with `passmuster settle`. If only the tag is wrong, take `passmuster.ticket` off that version.',
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
