import { githubForge } from '@passmuster/forge/github/index.ts';
import { forgeContract } from './forge-contract.ts';

// The proxy of this machine has no part in it.
forgeContract(
  (options) => githubForge({ ...options, fetch }),
  async () => undefined,
);
