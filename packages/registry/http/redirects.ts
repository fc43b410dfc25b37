import type { Answer, Outcome } from './answer.ts';
import type { Request } from './exchange.ts';

const MOST_HOPS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
/** What says who asks; a server that was not asked for shall not learn it. */
const OURS_ALONE = ['authorization', 'x-mlflow-workspace'];

export interface Followed {
  readonly outcome: Outcome;
  /** The last origin, where it is not the first. */
  readonly strayed?: string;
}

export const isRedirect = ({ status }: Answer): boolean => REDIRECTS.includes(status);

/** Where an answer sends on to, unless it may not be followed. */
export function targetOf({ headers }: Answer, from: URL): URL | undefined {
  const location = headers['location'];
  if (!location || !URL.canParse(location, from.href)) return undefined;
  const target = new URL(location, from);
  const isWeb =
    target.protocol === 'https:' || (target.protocol === 'http:' && from.protocol === 'http:');
  return isWeb && target.username === '' && target.password === '' ? target : undefined;
}

const withoutOurs = (headers: Request['headers']): Request['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OURS_ALONE.includes(name)));

/** Reads on where a server redirects to; anything that writes is asked of the server itself, or not at all. */
export async function followed(
  request: Request,
  ask: (request: Request) => Promise<Outcome>,
): Promise<Followed> {
  const first = request.origin;
  let next = request;
  for (let hops = 0; ; hops++) {
    const outcome = await ask(next);
    const strayed = next.origin === first ? {} : { strayed: next.origin };
    if (outcome.kind === 'break' || !isRedirect(outcome)) return { outcome, ...strayed };
    const target = targetOf(outcome, new URL(next.path, next.origin));
    if (request.method !== 'GET' || !target || hops === MOST_HOPS) return { outcome, ...strayed };
    const { origin, pathname, search } = target;
    const headers = origin === next.origin ? next.headers : withoutOurs(next.headers);
    next = { ...next, origin, path: `${pathname}${search}`, headers };
  }
}
