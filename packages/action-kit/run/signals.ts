import { Interrupted } from '@passmuster/core/errors.ts';

/**
 * A signal that is aborted once the process is asked to stop. The runner sends SIGINT, SIGTERM 7.5 s later,
 * and kills 2.5 s after that; a second signal of the same kind ends the process at once.
 */
export function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => controller.abort(new Interrupted(signal)));
  }
  return controller.signal;
}
