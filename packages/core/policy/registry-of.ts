import type { PolicyAddress } from '../registry/open.ts';
import type { TrustedPolicy } from './trusted-policy.ts';

/** The address in the policy; one from a file at hand gets no credentials. */
export function registryOf({ from, policy }: TrustedPolicy): PolicyAddress | undefined {
  if (policy?.registry === undefined) return undefined;
  return {
    value: policy.registry,
    from: `\`registry\` in ${policy.file}`,
    trusted: from === 'default-branch',
    folder: from === 'file' ? policy.file.slice(0, policy.file.lastIndexOf('/') + 1) : '',
  };
}
