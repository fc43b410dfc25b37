import { PassmusterError, type Problem } from '../errors.ts';

/** What stood in the way, as far as a caller may act on it. */
export type RegistryReason =
  /** What the call is about is not there. */
  | 'missing'
  /** A model of that name is there already. */
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

export interface RegistryFailure {
  readonly reason: RegistryReason;
  /** Whether what was asked for may have happened all the same. */
  readonly effect: 'none' | 'unknown';
  /** MLflow's error code, where it sent one. */
  readonly code?: string;
  readonly status?: number;
  /** What answers is no registry, or says more than is taken: the same question ends the same again. */
  readonly lasting?: true;
}

/** A call to the registry that did not succeed; its problem says verb, model, server and what to do. */
export class RegistryError extends PassmusterError {
  readonly failure: RegistryFailure;

  constructor(failure: RegistryFailure, problem: Problem, options?: ErrorOptions) {
    super('upstream', [problem], options);
    this.name = 'RegistryError';
    this.failure = failure;
  }
}

/** Whether the server has no such thing, in whatever words it says so. */
export const isUnsupported = (error: unknown): error is RegistryError =>
  error instanceof RegistryError && error.failure.reason === 'unsupported';
