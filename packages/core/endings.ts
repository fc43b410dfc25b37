import { type ErrorKind, Interrupted, PassmusterError, type Problem } from './errors.ts';

/** How a run ended: the one place where that becomes an exit code and words. */
export interface Ending {
  readonly kind: 'done' | 'refused' | ErrorKind;
  readonly exitCode: number;
  readonly headline: string;
  readonly problems: readonly Problem[];
}

const ENDINGS = {
  done: [0, 'Done.'],
  refused: [1, 'Refused.'],
  input: [2, 'Stopped: something that was given must be mended first.'],
  conflict: [3, 'Stopped: somebody else is at work here.'],
  upstream: [4, 'Stopped: a system that this depends on failed.'],
  bug: [70, 'Stopped by a bug in Passmuster, not by anything you did.'],
} as const;

export function endingOf(result: keyof typeof ENDINGS, problems: readonly Problem[] = []): Ending {
  const [exitCode, headline] = ENDINGS[result];
  return { kind: result, exitCode, headline, problems };
}

const REPORT_AT = 'https://github.com/passmuster/passmuster/issues/new';

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/** What was meant behind what was thrown: waits that were aborted throw an error of their own. */
function meant(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted && isAbort(error)) return signal.reason;
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof PassmusterError) return at;
  }
  return error;
}

/** Whatever was thrown; what is not ours to explain is a bug, and says where to report it. */
export function endingOfError(thrown: unknown, signal?: AbortSignal): Ending {
  const error = meant(thrown, signal);
  if (error instanceof Interrupted) {
    const exitCode = error.signal === 'SIGINT' ? 130 : 143;
    return { kind: 'signal', exitCode, headline: 'Interrupted.', problems: error.problems };
  }
  if (error instanceof PassmusterError && error.kind !== 'signal') {
    return endingOf(error.kind, error.problems);
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}.` : String(error);
  return endingOf('bug', [
    { message, hint: `Please report it with this message and the version at ${REPORT_AT}.` },
  ]);
}

/** The stack and what caused it, for those who asked to see it. */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${traceOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
