import { accessContract } from './access-contract.ts';
import { contractBench, type OpenForge } from './contract-bench.ts';
import type { Description } from './description.ts';
import { filesContract } from './files-contract.ts';
import { peopleContract } from './people-contract.ts';
import { pullRequestsContract } from './pull-requests-contract.ts';
import { runsContract } from './runs-contract.ts';

/** What every Forge has to do, on a double that may be held against GitHub's own description. */
export function forgeContract(
  open: OpenForge,
  described: () => Promise<Description | undefined>,
): void {
  const start = contractBench(open, described);
  filesContract(start);
  accessContract(start);
  runsContract(start);
  pullRequestsContract(start);
  peopleContract(start);
}
