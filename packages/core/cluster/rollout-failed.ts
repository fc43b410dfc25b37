import { PassmusterError, type Problem } from '../errors.ts';
import type { Way } from '../promotions/step.ts';
import type { RolloutFailure } from './rollout/failure.ts';
import { refText } from './rollout/words.ts';

const problemOf = ({ ref, says, hint, pod }: RolloutFailure, way: Way): Problem => {
  const where =
    pod === undefined || says.includes(pod.name) ? '' : ` (pod ${pod.name}: ${pod.reason})`;
  const what = way === 'forward' ? '' : ', which was put back';
  return { message: `${refText(ref)}${what}: ${says}${where}.`, ...(hint && { hint }) };
};

/** What was started anew did not become ready: the version does not serve, or, on the way back, the one before. */
export class RolloutFailed extends PassmusterError {
  readonly failures: readonly RolloutFailure[];
  /** What is wrong beside them. */
  readonly more: readonly Problem[];
  readonly way: Way;

  constructor(failures: readonly RolloutFailure[], more: readonly Problem[], way: Way) {
    super('upstream', [...failures.map((one) => problemOf(one, way)), ...more]);
    this.name = 'RolloutFailed';
    this.failures = failures;
    this.more = more;
    this.way = way;
  }
}
