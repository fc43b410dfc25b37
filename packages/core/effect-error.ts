import { PassmusterError, type Problem } from './errors.ts';

/** What stood in the way, as far as a caller may act on it. */
export type Reason =
  /** What the call is about is not there. */
  | 'missing'
  /** Something of that name is there already. */
  | 'exists'
  /** The server understood, and will not. */
  | 'refused'
  /** Not logged in, or not allowed. */
  | 'denied'
  /** Somebody else was faster, or the server is too busy: look again, then try again. */
  | 'contended'
  /** The server has no such thing. */
  | 'unsupported'
  /** Nothing was sent. */
  | 'unreachable'
  /** Sent, but no answer that can be understood came back. */
  | 'unanswered';

export interface Failure {
  readonly reason: Reason;
  /** Whether what was asked for may have happened all the same. */
  readonly effect: 'none' | 'unknown';
  /** The server's own code of the error, where it sent one. */
  readonly code?: string;
  readonly status?: number;
  /** What answers is not what was meant, or says more than is taken: the same question ends the same again. */
  readonly lasting?: true;
}

/** A call to the world outside that did not succeed. */
export class EffectError extends PassmusterError {
  readonly failure: Failure;

  constructor(failure: Failure, problem: Problem, options?: ErrorOptions) {
    super('upstream', [problem], options);
    this.name = 'EffectError';
    this.failure = failure;
  }
}
