import type { LedgerRegistry } from '@passmuster/core/ledger/context.ts';
import { TAG } from '@passmuster/core/ledger/tags.ts';
import type { Log } from './events.ts';

/** Writes down which entries of the ledger it makes; what came of those without a reply the ledger knows. */
export const watched = (registry: LedgerRegistry, log: Log): LedgerRegistry => ({
  ...registry,
  async createVersion(version, call) {
    const [kind, nonce] = [version.tags?.get(TAG.kind) ?? '', version.tags?.get(TAG.nonce) ?? ''];
    log({ what: 'creating', kind, nonce });
    const made = await registry.createVersion(version, call);
    log({ what: 'created', nonce, number: made.number });
    return made;
  },
});
