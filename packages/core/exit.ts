import type { ErrorKind } from './errors.ts';

/** The one place where an ending becomes an exit code. */
export const EXIT = {
  done: 0,
  refused: 1,
  input: 2,
  conflict: 3,
  upstream: 4,
  bug: 70,
  SIGINT: 130,
  SIGTERM: 143,
} as const;

export const exitCodeOf = (kind: Exclude<ErrorKind, 'signal'>): number => EXIT[kind];
