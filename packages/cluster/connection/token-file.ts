import { readFile } from 'node:fs/promises';
import type { Clock } from '@passmuster/core/clock.ts';
import { ClusterError } from '@passmuster/core/cluster/error.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { type Access, bearer, type Credentials } from './access.ts';
import { codeOf } from './files.ts';

/** The kubelet puts a new token there long before the old one ends; client-go looks as often. */
const KEPT_MS = 60_000;

/** A token that somebody else keeps fresh in a file. */
export function tokenFile(path: string, clock: Clock): Pick<Access, 'credentials' | 'renew'> {
  let held: { readonly credentials: Credentials; readonly until: number } | undefined;
  return {
    async credentials() {
      if (held && clock.elapsed() < held.until) return held.credentials;
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        const message = `The file of the token, ${quotable(path, 200)}, cannot be read (${codeOf(error)}).`;
        throw new ClusterError({ reason: 'denied', effect: 'none' }, { message });
      });
      held = { credentials: bearer(text.trim()), until: clock.elapsed() + KEPT_MS };
      return held.credentials;
    },
    renew() {
      held = undefined;
      return true;
    },
  };
}
