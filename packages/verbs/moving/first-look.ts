import { InputError } from '@passmuster/core/errors.ts';
import { noModel } from '@passmuster/core/versions/what-there-is.ts';
import { lookAt, type Seen } from './look.ts';
import type { Place } from './place.ts';

/** Without a ticket, the ledger is read before and after the world, until nothing came between. */
export async function firstLook(place: Place, names?: Parameters<typeof lookAt>[2]): Promise<Seen> {
  const { ledger, model, registry, ports } = place;
  const { signal } = ports;
  const { world } = await ledger.lookAround(() => lookAt(place, signal, names), signal);
  const { remembered } = world;
  if (remembered.model === undefined && !remembered.versions?.length) {
    const sealedAs = async () => 'unsealed' as const;
    throw new InputError([await noModel({ registry, model, sealedAs, call: { signal } })]);
  }
  return world;
}
