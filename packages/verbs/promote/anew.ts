import { PassmusterError } from '@passmuster/core/errors.ts';
import { registryOf } from '@passmuster/core/policy/registry-of.ts';
import { policyFor } from '@passmuster/core/policy/trusted-policy.ts';
import type { Job } from './job.ts';
import { readRuling } from './read-ruling.ts';
import { whereTo } from './where.ts';

/** The same job by the policy as the default branch has it now: a team may have changed it while we waited. */
export async function byPolicyOfNow(job: Job): Promise<Job> {
  const { inputs, ports } = job;
  if (!ports.host.isJob) return job;
  const policy = await policyFor(ports, inputs.config, ports.signal);
  if (registryOf(policy)?.value !== registryOf(job.policy)?.value) {
    const message = 'The policy on the default branch names another registry than when this began.';
    throw new PassmusterError('conflict', [{ message, hint: 'Run this again.' }]);
  }
  const environment = whereTo(inputs, policy);
  const configmap = environment.policy.configmap ?? job.target?.configmap;
  return {
    ...job,
    policy,
    environment,
    ...(job.target && configmap && { target: { ...job.target, configmap } }),
    ruling: await readRuling(inputs, ports, policy, environment),
  };
}
