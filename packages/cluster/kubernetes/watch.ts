import type { Outcome } from '../http/answer.ts';
import { type Fields, isFields, textIn } from './fields.ts';
import type { Ask, Transport } from './transport.ts';

/** One line of a watch. */
export interface WatchEvent {
  readonly type: string;
  readonly object: Fields;
}

/** Longer than any object may be. */
const LONGEST_LINE = 32 * 1024 * 1024;

function eventIn(line: string): WatchEvent | undefined {
  try {
    const event: unknown = JSON.parse(line);
    if (!isFields(event) || !isFields(event['object'])) return undefined;
    return { type: textIn(event, 'type'), object: event['object'] };
  } catch {
    return undefined;
  }
}

/** Cuts what comes in pieces into lines. */
function linesTo(take: (line: string) => void, tooLong: () => void) {
  const decoder = new TextDecoder();
  let rest = '';
  return (piece: Uint8Array): void => {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') take(line);
    if (rest.length > LONGEST_LINE) tooLong();
  };
}

/**
 * The events of a watch as they come, and then how it ended. Leaving it ends the request; the signal does, too,
 * and nothing is thrown for it.
 */
export async function* watched(
  transport: Transport,
  ask: Ask,
  idle: number,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent, Outcome | undefined> {
  const left = new AbortController();
  const queue: WatchEvent[] = [];
  let wake = Promise.withResolvers<void>();
  const onPiece = linesTo(
    (line) => {
      const event = eventIn(line);
      // What is no event says that nothing that follows can be trusted.
      if (event) queue.push(event);
      else left.abort();
      wake.resolve();
    },
    () => left.abort(),
  );
  const either = AbortSignal.any([signal, left.signal]);
  let failed: { readonly error: unknown } | undefined;
  let outcome: Outcome | undefined;
  let ended = false;
  const listening = transport
    .listen(ask, { onPiece, idle, signal: either })
    .then(
      (its) => {
        outcome = its;
      },
      (error: unknown) => {
        if (!either.aborted) failed = { error };
      },
    )
    .finally(() => {
      ended = true;
      wake.resolve();
    });
  try {
    for (;;) {
      for (let event = queue.shift(); event; event = queue.shift()) {
        if (signal.aborted) return undefined;
        yield event;
      }
      if (ended) break;
      await wake.promise;
      wake = Promise.withResolvers<void>();
    }
    if (failed) throw failed.error;
    return outcome;
  } finally {
    left.abort();
    await listening;
  }
}
