import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { plain, type Reply } from './reply.ts';

const WRITES: ReadonlySet<string | undefined> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

const LOCAL = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0)$/i;
const PRIVATE =
  /^(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|\[f[cd][0-9a-f:]*\])$/i;

const withoutPort = (host: string): string => host.replace(/:\d{1,5}$/, '');

/** A page whose name was pointed at this machine asks under its own name. */
const isOurs = (host: string | undefined): boolean => {
  const name = withoutPort(host ?? '');
  return LOCAL.test(name) || PRIVATE.test(name);
};

function isForeign(origin: string | undefined): boolean {
  if (origin === undefined || origin === '') return false;
  return !URL.canParse(origin) || !LOCAL.test(new URL(origin).hostname);
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The token that a request brings: as it is, or as a password, whatever the user's name. */
function broughtBy(authorization: string | undefined): string | undefined {
  const [, scheme = '', rest = ''] = /^(\S+) +(\S+)$/.exec(authorization ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return rest;
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const [, password] = /^[^:]*:([\s\S]*)$/.exec(Buffer.from(rest, 'base64').toString()) ?? [];
  return password;
}

export type Guard = (request: IncomingMessage) => Reply | undefined;

/** Who may not ask at all, and is told so. */
export function guardOf(token: string | undefined): Guard {
  const expected = token === undefined ? undefined : digest(token);
  return ({ headers, method, url }) => {
    if (url === '/health') return undefined;
    // A foreign page cannot know the token, so with one the server may go by any name.
    if (!expected && !isOurs(headers.host)) return plain(403, 'Invalid Host header');
    if (WRITES.has(method) && isForeign(headers.origin)) {
      return plain(403, 'Cross-origin request blocked');
    }
    if (!expected) return undefined;
    const brought = broughtBy(headers.authorization);
    // Digests have one length, and take one time to compare.
    if (brought !== undefined && timingSafeEqual(digest(brought), expected)) return undefined;
    return {
      ...plain(
        401,
        'You are not authenticated. Send the token of the registry as Bearer token or as password.',
      ),
      headers: { 'www-authenticate': 'Basic realm="passmuster"' },
    };
  };
}
