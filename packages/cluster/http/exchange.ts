import type { Dispatcher } from 'undici';
import { CUT_SHORT, collecting, flat, isYes, OUT_OF_TIME, type Outcome } from './answer.ts';

export interface Request {
  readonly origin: string;
  /** With the query. */
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Limits {
  /** Milliseconds for all of it; without it, as long as something comes. */
  readonly within?: number;
  /** Milliseconds between two pieces, and before the first. */
  readonly idle: number;
  /** Of the body of an answer that says yes. */
  readonly maxBytes: number;
  /** What is beyond is left, and no failure. */
  readonly cut?: boolean;
  /** Takes an answer that says yes piece by piece, so that its body stays empty. */
  readonly onPiece?: (piece: Uint8Array) => void;
  readonly signal?: AbortSignal | undefined;
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

type Taking = Pick<ReturnType<typeof collecting>, 'add' | 'outcome'>;

const passingOn = (
  status: number,
  raw: Parameters<typeof flat>[0],
  onPiece: (piece: Uint8Array) => void,
): Taking => ({
  add(chunk) {
    onPiece(chunk);
    return undefined;
  },
  outcome: () => ({ kind: 'answer', status, headers: flat(raw), body: new Uint8Array() }),
});

/** One request and its answer, never repeated; rejects only with the reason of the signal. */
export function exchange(
  dispatcher: Dispatcher,
  { origin, path, method, headers, body }: Request,
  { within = LONGEST_TIMER, idle, maxBytes, cut = false, onPiece, signal }: Limits,
): Promise<Outcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  let controller: Dispatcher.DispatchController | undefined;
  let taking: Taking | undefined;
  let ended = false;

  function end(outcome: Outcome): void {
    if (ended) return;
    ended = true;
    whole.stop();
    quiet.stop();
    signal?.removeEventListener('abort', onAbort);
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
    reject(signal?.reason);
    giveUp('ABORTED');
  }
  const whole = alarm(() => giveUp(OUT_OF_TIME));
  const quiet = alarm(() => giveUp(OUT_OF_TIME));

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(its) {
      // Nothing was written yet, and now nothing will be.
      if (ended) return its.abort(new Error('ABORTED'));
      controller = its;
      quiet.set(idle);
    },
    onResponseStart(_, status, raw) {
      if (ended || status < 200) return;
      quiet.set(idle);
      taking =
        onPiece && isYes(status)
          ? passingOn(status, raw, onPiece)
          : collecting(status, raw, maxBytes, cut);
    },
    onResponseData(its, chunk) {
      if (ended || !taking) return;
      quiet.set(idle);
      const full = taking.add(chunk);
      if (full === 'enough') {
        end(taking.outcome());
        its.abort(new Error(full));
      } else if (full) giveUp(full);
    },
    onResponseEnd: () => (taking ? end(taking.outcome()) : broken(CUT_SHORT)),
    onResponseError(_, error) {
      // A proxy that wants a login: undici makes an error of its answer.
      if (!error.message.includes('(407)')) return broken(codeOf(error));
      return end({ kind: 'answer', status: 407, headers: {}, body: new Uint8Array() });
    },
  };

  if (signal?.aborted) return Promise.reject(signal.reason);
  if (within <= 0) return Promise.resolve({ kind: 'break', sent: false, code: OUT_OF_TIME });
  signal?.addEventListener('abort', onAbort);
  whole.set(within);
  const content = body === undefined ? {} : { body };
  dispatcher.dispatch({ origin, path, method, headers: { ...headers }, ...content }, handler);
  return promise;
}
