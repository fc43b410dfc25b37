import { PassmusterError } from '@passmuster/core/errors.ts';
import { heldBy } from '@passmuster/core/ledger/words.ts';
import { type Glance, underWay } from './look.ts';

/** A move that has said what it does, and may have begun with it. */
export const begun = (seen: Glance) => underWay(seen).filter(({ record }) => record !== undefined);

/** What a dry run would show is not so while something is half done. */
export function refuseBegun(seen: Glance): void {
  const [first] = begun(seen);
  if (first === undefined) return;
  throw new PassmusterError('conflict', [
    {
      message: `Something has begun to move and has not ended, so that nobody can tell what would move after it: ${heldBy(first)}.`,
      hint: 'Run this again when it has ended. Without `dry-run` it is waited for, and where its run is gone, it is ended first.',
    },
  ]);
}
