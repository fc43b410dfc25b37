import type { PolicyAddress } from '../registry/open.ts';
import type { JudgingPolicy } from './judging-policy.ts';
import type { TrustedPolicy } from './trusted-policy.ts';

/** The address in the policy; one from a file at hand gets no credentials, and a pull request's own is none. */
export function registryOf({
  from,
  policy,
}: TrustedPolicy | JudgingPolicy): PolicyAddress | undefined {
  if (policy?.registry === undefined || from === 'pull-request') return undefined;
  return {
    value: policy.registry,
    from: `\`registry\` in ${policy.file}`,
    trusted: from === 'default-branch' || from === 'base-branch',
    folder: from === 'file' ? policy.file.slice(0, policy.file.lastIndexOf('/') + 1) : '',
  };
}
