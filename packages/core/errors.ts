/** Where in a file something stands; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** One thing that is wrong: what was found, what was expected and, where we know, what to do. */
export interface Problem {
  readonly message: string;
  readonly place?: Place;
  /** Source lines with a caret, to be shown as they are. */
  readonly excerpt?: string;
  /** What the reader should do next. */
  readonly hint?: string;
  /** A digest of what was found, where the words alone would say the same of something else. */
  readonly mark?: string;
}

/** Both of its sentences. */
export const problemText = ({ message, hint }: Pick<Problem, 'message' | 'hint'>): string =>
  [message, hint].filter(Boolean).join(' ');

export type ErrorKind = 'input' | 'conflict' | 'upstream' | 'signal' | 'bug';

/** An error that a person can act on. Whatever else is thrown is a bug of ours. */
export class PassmusterError extends Error {
  readonly kind: ErrorKind;
  readonly problems: readonly Problem[];

  constructor(kind: ErrorKind, problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map((problem) => problem.message).join('\n'), options);
    this.name = 'PassmusterError';
    this.kind = kind;
    this.problems = problems;
  }
}

/** The caller's input: all of its problems together. */
export class InputError extends PassmusterError {
  constructor(problems: readonly Problem[] | string, options?: ErrorOptions) {
    super('input', typeof problems === 'string' ? [{ message: problems }] : problems, options);
    this.name = 'InputError';
  }
}

/** A signal arrived; new work stopped. */
export class Interrupted extends PassmusterError {
  readonly signal: 'SIGINT' | 'SIGTERM';

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super('signal', [{ message: `Stopped by ${signal}; no new step was started.` }]);
    this.name = 'Interrupted';
    this.signal = signal;
  }
}
