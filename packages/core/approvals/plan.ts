import type { EnvironmentAnswer } from '../forge.ts';
import { loginKey } from '../login.ts';
import { quotable } from '../quote.ts';
import type { Asking } from './approvals.ts';

const NOT_FOR_IT = 'The approval of the environment is not for this plan:';

/** Who approved an environment, once for each time. */
export const approversIn = (
  environment: string,
  answers: readonly EnvironmentAnswer[],
): readonly string[] =>
  answers
    .filter(({ approved, environments }) => approved && environments.some(isNamed(environment)))
    .map(({ by }) => by);

/** As the forge compares the names of environments. */
export const isNamed =
  (environment: string) =>
  (name: string): boolean =>
    name.toLowerCase() === environment.toLowerCase();

/** Whether somebody has approved once more since the plan was made; the forge does not say when, nor in which attempt. */
export function hasApprovedSince(
  by: string,
  approvers: readonly string[],
  { plan }: Pick<Asking, 'plan'>,
): boolean {
  const times = (all: readonly string[]) =>
    all.filter((one) => loginKey(one) === loginKey(by)).length;
  return times(approvers) > times(plan?.approvedBefore ?? []);
}

/** Why the approval of an environment says nothing about this plan, as a sentence; nothing when it does. */
export function misfitOf({ plan, run }: Asking): string | undefined {
  if (plan === undefined) {
    return 'The approval of an environment counts only with the `plan` of an earlier job of the same run.';
  }
  if (run === undefined || plan.run?.id !== run.id) {
    return `${NOT_FOR_IT} another run made its file.`;
  }
  if (plan.run.attempt !== run.attempt) {
    const made = quotable(plan.run.attempt);
    return `${NOT_FOR_IT} attempt ${made} of this run made its file, and this is attempt ${quotable(run.attempt)}. Run all its jobs again, so that it is planned and approved anew.`;
  }
  // In the first attempt nobody can have approved before.
  if (run.attempt !== '1' && plan.approvedBefore === undefined) {
    return `${NOT_FOR_IT} when its file was made, it could not be read who had approved in earlier attempts. Give the job that plans \`actions: read\`.`;
  }
  if (plan.digest === plan.anew) return undefined;
  return 'The approval of the environment is for another plan: planning anew gives a different one.';
}
