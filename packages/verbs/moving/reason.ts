import { LONGEST_REASON } from '@passmuster/core/policy/limits.ts';
import { VISIBLE } from '@passmuster/core/policy/shapes/names.ts';

/** What stands in every report for good is one short line, as reasons in the policy are. */
export function reasonProblem(reason: string): string | undefined {
  const { length } = [...reason];
  if (length > LONGEST_REASON) {
    return `must be at most ${LONGEST_REASON} characters, not ${length}: put the rest where it can be linked to`;
  }
  return VISIBLE.regex.test(reason) ? undefined : `must be ${VISIBLE.says}`;
}
