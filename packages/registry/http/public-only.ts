import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { networkOf } from '../connection/networks.ts';

/** All addresses of a name. */
export type Resolve = (hostname: string, options: LookupOptions) => Promise<LookupAddress[]>;

export const FORBIDDEN_NETWORK = 'FORBIDDEN_NETWORK';

export const forbidden = (): Error =>
  Object.assign(new Error('not a public address'), { code: FORBIDDEN_NETWORK });

const bySystem: Resolve = async (hostname, options) => {
  const { lookup } = await import('node:dns/promises');
  return lookup(hostname, { ...options, all: true });
};

async function checked(addresses: Promise<LookupAddress[]>): Promise<LookupAddress[]> {
  const all = await addresses;
  if (all.every(({ address }) => networkOf(address) === 'public')) return all;
  throw forbidden();
}

/** Looks up and checks in one, so that a name cannot mean another address once it is connected. */
export const publicOnly =
  (resolve: Resolve = bySystem): LookupFunction =>
  (hostname, options, callback) => {
    checked(resolve(hostname, options)).then(
      (all) => {
        const [first] = all;
        if (!first) callback(forbidden(), '');
        else if (options.all) callback(null, all);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
