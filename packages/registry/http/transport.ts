import type { Clock } from '@passmuster/core/clock.ts';
import type { Call } from '@passmuster/core/registry/registry.ts';
import type { Connection } from '../connection/connection.ts';
import type { Answer, Outcome } from './answer.ts';
import { basePaths } from './base-path.ts';
import { openDispatchers, PATIENCE, type Patience } from './dispatchers.ts';
import { exchange, type Request } from './exchange.ts';
import { failureOf } from './failure.ts';
import { retryBudget } from './pauses.ts';
import { type Followed, followed } from './redirects.ts';
import { repeated } from './repeated.ts';
import { workspaceOf } from './workspaces.ts';

/** One request, as the registry's protocol has it. */
export interface Ask {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the base path, each part of it encoded. */
  readonly path: string;
  /** A key may stand more than once. */
  readonly query?: readonly (readonly [string, string])[];
  /** The body; DELETE has one, too. */
  readonly json?: unknown;
  /** The body, where it is no JSON. */
  readonly bytes?: Uint8Array;
  /** Whether it does no harm twice; creating something does. */
  readonly repeatable: boolean;
  /** Goes on from "Could not": `set the alias "champion" of model "m"`. */
  readonly what: string;
  /** Of the answer; 8 MiB without it. */
  readonly maxBytes?: number;
  readonly call?: Call;
}

export interface Reply {
  readonly status: number;
  /** The media type, without parameters. */
  readonly type: string;
  /** The time of the server, in milliseconds since 1970. */
  readonly date?: number;
  readonly body: Uint8Array;
}

export interface Transport {
  /** For messages: without credentials. */
  readonly address: string;
  /** Answers that say yes; whatever else comes, or does not, is a RegistryError. */
  send(ask: Ask): Promise<Reply>;
  /** The time of the server, as its newest answer says. */
  now(): number | undefined;
  /** After what was begun. */
  close(): Promise<void>;
}

export interface Bounds {
  /** Milliseconds from the first request for all that is sent. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** From 0 to 1, for pauses. */
  readonly random: () => number;
  readonly userAgent?: string;
  readonly patience?: Patience;
}

const MAX_BYTES = 8 * 1024 * 1024;
const USER_AGENT = 'passmuster';

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

const pathOf = ({ path, query = [] }: Ask): string => {
  const pairs = query.map(([key, value]) => `${encoded(key)}=${encoded(value)}`);
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
};

function bodyOf({ json, bytes }: Ask): { type: string; body: string | Uint8Array } | undefined {
  if (bytes) return { type: 'application/octet-stream', body: bytes };
  return json === undefined ? undefined : { type: 'application/json', body: JSON.stringify(json) };
}

function dateOf({ headers }: Answer): number | undefined {
  const date = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? undefined : date;
}

function replyOf(answer: Answer): Reply {
  const { status, headers, body } = answer;
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  const date = dateOf(answer);
  return { status, type, ...(date !== undefined && { date }), body };
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** Carries requests to one server: over few connections, within one deadline, repeated where that is safe. */
export function openTransport(connection: Connection, bounds: Bounds): Transport {
  const { clock } = bounds;
  const { address, authorization } = connection;
  const { origin, pathname } = new URL(address);
  const patience = bounds.patience ?? PATIENCE;
  const dispatchers = openDispatchers(connection, patience);
  const below = basePaths(pathname === '/' ? '' : pathname);
  const budget = retryBudget();
  /** From the first request: what comes before it, such as hashing, takes as long as it takes. */
  let end: number | undefined;
  const begun = new Set<Promise<unknown>>();
  let latest: number | undefined;

  function requestOf(ask: Ask, workspace: string | undefined): Request {
    const content = bodyOf(ask);
    return {
      origin,
      path: pathOf(ask),
      method: ask.method,
      headers: {
        'user-agent': bounds.userAgent ?? USER_AGENT,
        'accept-encoding': 'identity',
        ...(authorization && { authorization: authorization.header }),
        ...(workspace !== undefined && { 'x-mlflow-workspace': workspace }),
        ...(content && { 'content-type': content.type }),
      },
      ...(content && { body: content.body }),
    };
  }

  async function once(request: Request, ask: Ask, signal: AbortSignal, left: () => number) {
    const maxBytes = ask.maxBytes ?? MAX_BYTES;
    const one = async (its: Request): Promise<Outcome> => {
      try {
        const dispatcher = await dispatchers.of(its.origin);
        const limits = { ...patience, within: left(), maxBytes, signal };
        const outcome = await exchange(dispatcher, its, limits);
        if (outcome.kind === 'answer') latest = dateOf(outcome) ?? latest;
        return outcome;
      } catch (error) {
        if (signal.aborted || codeOf(error) === '') throw error;
        return { kind: 'break', sent: false, code: codeOf(error) };
      }
    };
    return below((base) => followed({ ...request, path: `${base}${request.path}` }, one));
  }

  async function tried(ask: Ask, workspace: string | undefined): Promise<Reply> {
    const signal = ask.call?.signal
      ? AbortSignal.any([bounds.signal, ask.call.signal])
      : bounds.signal;
    // What it takes to load the client is none of the server's time; that it fails, `once` tells.
    await Promise.allSettled([dispatchers.of(origin)]);
    end ??= clock.elapsed() + bounds.deadline;
    const until = Math.min(end, clock.elapsed() + (ask.call?.within ?? Number.POSITIVE_INFINITY));
    const left = () => until - clock.elapsed();
    const request = requestOf(ask, workspace);
    const attempt = (): Promise<Followed> => once(request, ask, signal, left);
    const limits = { clock, random: bounds.random, budget, signal, left };
    const result = await repeated(attempt, ask, limits);
    if ('told' in result) throw failureOf(connection, result.told);
    return replyOf(result.answer);
  }

  const workspace = workspaceOf(connection.workspace, address, (ask) => tried(ask, undefined));

  const send = async (ask: Ask): Promise<Reply> => {
    bounds.signal.throwIfAborted();
    ask.call?.signal?.throwIfAborted();
    return tried(ask, await workspace());
  };

  return {
    address: connection.called ?? address,
    send(ask) {
      const sending = send(ask);
      const forget = (): void => {
        begun.delete(sending);
      };
      begun.add(sending);
      sending.then(forget, forget);
      return sending;
    },
    now: () => latest,
    async close() {
      await Promise.allSettled(begun);
      await dispatchers.destroy();
    },
  };
}
