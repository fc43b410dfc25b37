import type { Dispatcher } from 'undici';
import { CUT_SHORT, collecting, OUT_OF_TIME, type Outcome } from './answer.ts';

export interface Request {
  readonly origin: string;
  /** With the query. */
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Limits {
  /** Milliseconds for all of it. */
  readonly within: number;
  /** From the start of the request to the head of the answer. */
  readonly headers: number;
  /** Between two pieces of the answer. */
  readonly idle: number;
  /** Of the body of an answer that says yes; of another, what is beyond is not read. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** Node takes a longer one for none. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Rings once, unless it is set anew or stopped. */
function alarm(ring: () => void) {
  let timer: NodeJS.Timeout | undefined;
  return {
    set(milliseconds: number): void {
      clearTimeout(timer);
      timer = setTimeout(ring, Math.min(Math.max(0, milliseconds), LONGEST_TIMER));
    },
    stop: (): void => clearTimeout(timer),
  };
}

function codeOf(error: Error): string {
  const code = 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return code;
  // Several addresses of one name were tried.
  const [first] = error instanceof AggregateError ? error.errors : [];
  return first instanceof Error ? codeOf(first) : error.name;
}

/** One request and its answer, never repeated; rejects only with the reason of the signal. */
export function exchange(
  dispatcher: Dispatcher,
  { origin, path, method, headers, body }: Request,
  { within, headers: forHeaders, idle, maxBytes, signal }: Limits,
): Promise<Outcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  let controller: Dispatcher.DispatchController | undefined;
  let collected: ReturnType<typeof collecting> | undefined;
  let ended = false;

  function end(outcome: Outcome): void {
    if (ended) return;
    ended = true;
    whole.stop();
    quiet.stop();
    signal.removeEventListener('abort', onAbort);
    // The connection is free again only after this turn; who asks sooner opens another.
    queueMicrotask(() => setImmediate(resolve, outcome));
  }
  const broken = (code: string): void =>
    end({ kind: 'break', sent: controller !== undefined, code });
  /** Ends first: what undici then says of it is no news. */
  const giveUp = (code: string): void => {
    broken(code);
    controller?.abort(new Error(code));
  };
  function onAbort(): void {
    reject(signal.reason);
    giveUp('ABORTED');
  }
  const whole = alarm(() => giveUp(OUT_OF_TIME));
  const quiet = alarm(() => giveUp(OUT_OF_TIME));

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(its) {
      // Nothing was written yet, and now nothing will be.
      if (ended) return its.abort(new Error('ABORTED'));
      controller = its;
      quiet.set(forHeaders);
    },
    onResponseStart(_, status, raw) {
      if (ended || status < 200) return;
      quiet.set(idle);
      collected = collecting(status, raw, maxBytes);
      const refused = collected.refused();
      if (refused) giveUp(refused);
    },
    onResponseData(its, chunk) {
      if (ended || !collected) return;
      quiet.set(idle);
      const full = collected.add(chunk);
      if (full === 'enough') {
        end(collected.outcome());
        its.abort(new Error(full));
      } else if (full) giveUp(full);
    },
    onResponseEnd: () => (collected ? end(collected.outcome()) : broken(CUT_SHORT)),
    onResponseError(_, error) {
      // A proxy that wants a login: undici makes an error of its answer.
      if (!error.message.includes('(407)')) return broken(codeOf(error));
      return end({ kind: 'answer', status: 407, headers: {}, body: new Uint8Array() });
    },
  };

  if (signal.aborted) return Promise.reject(signal.reason);
  if (within <= 0) return Promise.resolve({ kind: 'break', sent: false, code: OUT_OF_TIME });
  signal.addEventListener('abort', onAbort);
  whole.set(within);
  const content = body === undefined ? {} : { body };
  dispatcher.dispatch({ origin, path, method, headers: { ...headers }, ...content }, handler);
  return promise;
}
