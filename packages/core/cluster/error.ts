import { EffectError, type Failure } from '../effect-error.ts';
import type { Problem } from '../errors.ts';

/** A call to the cluster that did not succeed; its problem says what was asked, of which server, and what to do. */
export class ClusterError extends EffectError {
  constructor(failure: Failure, problem: Problem, options?: ErrorOptions) {
    super(failure, problem, options);
    this.name = 'ClusterError';
  }
}
