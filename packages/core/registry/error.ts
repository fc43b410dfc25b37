import { EffectError, type Failure } from '../effect-error.ts';
import type { Problem } from '../errors.ts';

export type { Failure as RegistryFailure, Reason as RegistryReason } from '../effect-error.ts';

/** A call to the registry that did not succeed; its problem says verb, model, server and what to do. */
export class RegistryError extends EffectError {
  constructor(failure: Failure, problem: Problem, options?: ErrorOptions) {
    super(failure, problem, options);
    this.name = 'RegistryError';
  }
}

/** Whether the server has no such thing, in whatever words it says so. */
export const isUnsupported = (error: unknown): error is RegistryError =>
  error instanceof RegistryError && error.failure.reason === 'unsupported';
