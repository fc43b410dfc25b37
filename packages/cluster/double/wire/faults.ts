import { setTimeout as sleep } from 'node:timers/promises';

/** A request that reached the double, as it was asked. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The name of the user, or nothing where its token is nobody's. */
  readonly user: string;
  /** As JSON, where it is JSON. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What goes wrong with a request, after a delay if one is given. */
export interface Fault {
  /** In milliseconds. */
  readonly delay?: number;
  /** The connection ends without an answer: before anything was done, or after. */
  readonly drop?: 'before' | 'after';
  /** An answer in place of the server's own; nothing is done. */
  readonly status?: number;
  readonly body?: unknown;
  /** In seconds. */
  readonly retryAfter?: number;
}

export type Hook = (request: SeenRequest) => Fault | undefined | Promise<Fault | undefined>;

export class Faults {
  readonly #hooks = new Set<Hook>();

  add(hook: Hook): () => void {
    this.#hooks.add(hook);
    return () => void this.#hooks.delete(hook);
  }

  /** What the first hook that wants something says. */
  async of(request: SeenRequest): Promise<Fault> {
    for (const hook of this.#hooks) {
      const fault = await hook(request);
      if (!fault) continue;
      if (fault.delay !== undefined) await sleep(fault.delay);
      return fault;
    }
    return {};
  }
}

const TEXTS: Readonly<Record<number, string>> = {
  429: 'Too many requests, please try again later.',
  500: 'Internal error occurred: the double was told to fail',
  503: 'the server is currently unable to handle the request',
};

const REASONS: Readonly<Record<number, string>> = {
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

export function faultBody({ status = 500, retryAfter }: Fault): unknown {
  const reason = REASONS[status];
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: TEXTS[status] ?? `the double was told to answer ${status}`,
    ...(reason && { reason }),
    ...(retryAfter !== undefined && { details: { retryAfterSeconds: retryAfter } }),
    code: status,
  };
}
