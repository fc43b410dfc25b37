import { githubForge } from '@passmuster/forge/github/index.ts';
import { forgeContract } from './forge-contract.ts';

forgeContract(
  (options) => githubForge({ ...options, variables: {} }),
  async () => undefined,
);
