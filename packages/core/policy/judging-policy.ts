import { InputError, type Problem } from '../errors.ts';
import { quotable } from '../quote.ts';
import { pathInRepository, policyOnBranch } from './branch-policy.ts';
import type { Policy } from './policy.ts';
import { type Proposed, proposedPolicy } from './proposed-policy.ts';
import {
  type PolicyPorts,
  policyFor,
  refuseIfNamed,
  type TrustedPolicy,
} from './trusted-policy.ts';

/** The policy that a candidate is judged by, and where it came from. */
export type JudgingPolicy = (
  | TrustedPolicy
  | {
      readonly from: 'base-branch';
      readonly policy: Policy;
      /** Where it was read. */
      readonly commit: string;
      readonly said: string;
    }
  | { readonly from: 'pull-request'; readonly policy: Policy; readonly said: string }
) & {
  /** False where the pull request's own judges, because there is no other yet. */
  readonly inForce: boolean;
  /** What the policy would be after the pull request; only in a run for one. */
  readonly proposed?: Proposed;
  /** What a person should know of it, and what never changes a verdict. */
  readonly remarks: readonly Problem[];
};

/** What should be said of a proposal while another policy judges. */
function remarksOn(proposed: Proposed, path: string): readonly Problem[] {
  const shown = `\`${quotable(path)}\``;
  switch (proposed.is) {
    case 'policy':
      return [];
    case 'absent': {
      const message = `The pull request removes ${shown}, or the job did not check it out.`;
      return [{ message, hint: 'Until it is merged, the policy in force goes on judging.' }];
    }
    case 'unusable': {
      const message = `The ${shown} of the pull request cannot be used; the policy in force judges all the same.`;
      return [{ message, hint: 'Mend it before it is merged.' }, ...proposed.problems];
    }
  }
}

/** Nobody has agreed to it yet, so it says neither where credentials go nor that a job fails. */
function ownOf(proposed: Proposed, path: string, where: string): JudgingPolicy {
  const shown = `\`${quotable(path)}\``;
  if (proposed.is === 'unusable') throw new InputError(proposed.problems);
  if (proposed.is === 'absent') {
    refuseIfNamed(path);
    const said = `No policy is in force: ${where} has no ${shown}, and neither has the pull request.`;
    return { from: 'none', said, inForce: true, proposed, remarks: [] };
  }
  const { policy } = proposed;
  const said = `There is no ${shown} on ${where} yet: that of the pull request judges, and is not yet in force.`;
  const ignored: Problem = {
    message: `\`registry\` in the ${shown} of the pull request is not used.`,
    hint: 'Until it is merged, the input `registry` or the variable MLFLOW_TRACKING_URI says where the registry is.',
  };
  const remarks = policy.registry === undefined ? [] : [ignored];
  return { from: 'pull-request', policy, said, inForce: false, proposed, remarks };
}

/**
 * The policy for a verb that judges. In a run for a pull request it is that of the branch that the pull
 * request goes into, as the branch stands now: what its author has changed is only shown. Elsewhere it is
 * the one that verbs go by when they write.
 */
export async function judgingPolicy(
  ports: PolicyPorts,
  config: string,
  signal: AbortSignal,
): Promise<JudgingPolicy> {
  const pullRequest = await ports.host.pullRequest();
  if (pullRequest === undefined) {
    return { ...(await policyFor(ports, config, signal)), inForce: true, remarks: [] };
  }
  const path = pathInRepository(config);
  const ref = pullRequest.base;
  // In full: a branch may be called as a tag or a commit is.
  const base = { ref: `refs/heads/${ref}`, named: `the base branch \`${quotable(ref, 200)}\`` };
  const { where, found } = await policyOnBranch(ports, path, base, signal);
  const proposed = await proposedPolicy(path, ports.files, signal);
  if (found === undefined) return ownOf(proposed, path, where);
  const remarks = remarksOn(proposed, path);
  return { from: 'base-branch', ...found, inForce: true, proposed, remarks };
}
