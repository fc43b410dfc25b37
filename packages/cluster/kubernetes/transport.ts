import type { Clock } from '@passmuster/core/clock.ts';
import type { ClusterError } from '@passmuster/core/cluster/error.ts';
import type { Call } from '@passmuster/core/registry/registry.ts';
import type { Access, Credentials } from '../connection/access.ts';
import { type Answer, isYes, type Outcome } from '../http/answer.ts';
import { type Dispatchers, openDispatchers } from '../http/dispatchers.ts';
import { exchange, type Limits, type Request } from '../http/exchange.ts';
import type { Variables } from '../opening.ts';
import { failureOf } from './failure.ts';
import { doubts, nextTry } from './tries.ts';
import { judgeAnswer, judgeBreak } from './verdict.ts';

/** One request. */
export interface Ask {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Each part of it encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: { readonly type: string; readonly json: unknown };
  /** Goes on from "Could not": `read the ConfigMap ml/llm`. */
  readonly what: string;
  readonly call?: Call | undefined;
  readonly maxBytes?: number;
  /** What is beyond `maxBytes` is left, and no failure. */
  readonly cut?: boolean;
  /** How often at most, for what only reads; what writes is sent once. */
  readonly tries?: number;
}

export interface Transport {
  readonly address: string;
  /** Whatever the server answers; where it does not, a ClusterError. */
  ask(ask: Ask): Promise<Answer>;
  /** Only an answer that says yes. */
  demand(ask: Ask): Promise<Answer>;
  /** Passes on what comes until it ends: by itself, by silence, or with the signal, with whose reason it rejects. */
  listen(ask: Ask, hearing: Hearing): Promise<Outcome>;
  /** The error that an answer is. */
  failed(ask: Ask, answer: Answer): ClusterError;
  close(): Promise<void>;
}

export interface Hearing {
  readonly onPiece: (piece: Uint8Array) => void;
  readonly idle: number;
  readonly signal: AbortSignal;
}

export interface Means {
  readonly variables: Variables;
  readonly clock: Clock;
  /** From 0 to 1, for pauses. */
  readonly random: () => number;
  readonly hide: (secret: string) => void;
}

const WITHIN_MS = 10_000;
const MAX_BYTES = 32 * 1024 * 1024;
const TRIES = 3;

const pathOf = ({ path, query = {} }: Ask): string => {
  const pairs = new URLSearchParams(query).toString();
  return pairs === '' ? path : `${path}?${pairs}`;
};

/** Carries requests to one API server over connections that are kept. */
export function openTransport(access: Access, means: Means): Transport {
  const { clock, hide } = means;
  const dispatchers: Dispatchers = openDispatchers(access, means.variables, hide);
  const { origin, pathname } = new URL(access.address);
  const base = pathname === '/' ? '' : pathname;
  const secrets = new Set<string>();
  /** When a connection broke last, or none came about. */
  let brokeAt = Number.NEGATIVE_INFINITY;

  async function credentials(): Promise<Credentials> {
    const given = await access.credentials();
    for (const secret of given.secrets) {
      if (!secrets.has(secret)) hide(secret);
      secrets.add(secret);
    }
    return given;
  }

  const requestOf = (ask: Ask, { headers }: Credentials): Request => ({
    origin,
    path: `${base}${pathOf(ask)}`,
    method: ask.method,
    headers: {
      'user-agent': 'passmuster',
      // Logs come as text.
      accept: 'application/json, */*',
      'accept-encoding': 'identity',
      ...headers,
      ...(ask.body && { 'content-type': ask.body.type }),
    },
    ...(ask.body && { body: JSON.stringify(ask.body.json) }),
  });

  /** As whom we are; once more as whom we may be by now, if nobody is known by that. */
  async function once(ask: Ask, limits: Limits): Promise<Outcome> {
    const first = await credentials();
    const send = async (as: Credentials) => {
      const outcome = await exchange(await dispatchers.as(as), requestOf(ask, as), limits);
      if (outcome.kind === 'break') brokeAt = clock.elapsed();
      return outcome;
    };
    const outcome = await send(first);
    if (outcome.kind === 'break' || outcome.status !== 401) return outcome;
    // Another request may have seen to it meanwhile.
    const isStale = (await credentials()) === first;
    return isStale && !access.renew() ? outcome : send(await credentials());
  }

  const toldOf = (ask: Ask, outcome: Outcome): ClusterError => {
    const verdict = outcome.kind === 'break' ? judgeBreak(outcome) : judgeAnswer(outcome);
    const { what, method } = ask;
    return failureOf(access, { what, method, outcome, verdict, secrets: [...secrets] });
  };

  async function ask(asked: Ask): Promise<Answer> {
    const { signal, within = WITHIN_MS } = asked.call ?? {};
    const until = clock.elapsed() + within;
    const left = () => until - clock.elapsed();
    const most = asked.method === 'GET' ? (asked.tries ?? TRIES) : 1;
    const doubt = doubts(means, () => brokeAt);
    for (let tries = 1; ; tries++) {
      signal?.throwIfAborted();
      const { maxBytes = MAX_BYTES, cut = false } = asked;
      const limits = { within: left(), idle: within, maxBytes, cut, signal };
      const outcome = await once(asked, limits);
      const pause = doubt(outcome) ?? (tries < most ? nextTry(outcome, tries, means) : undefined);
      if (pause !== undefined && pause < left()) {
        await clock.sleep(pause, signal ?? new AbortController().signal);
        continue;
      }
      if (outcome.kind === 'answer') return outcome;
      throw toldOf(asked, outcome);
    }
  }

  return {
    address: access.address,
    ask,
    async demand(asked) {
      const answer = await ask(asked);
      if (isYes(answer.status)) return answer;
      throw toldOf(asked, answer);
    },
    listen: (asked, { onPiece, idle, signal }) =>
      once(asked, { idle, maxBytes: MAX_BYTES, onPiece, signal }),
    failed: toldOf,
    close: () => dispatchers.destroy(),
  };
}
