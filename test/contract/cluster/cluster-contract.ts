import { openedOnce } from '../opened-once.ts';
import { configMapsContract } from './configmaps-contract.ts';
import { followContract } from './follow-contract.ts';
import { podsContract } from './pods-contract.ts';
import { rightsContract } from './rights-contract.ts';
import { workloadsContract } from './workloads-contract.ts';
import type { World } from './world.ts';

/** What every server has to do for us, be it a real one or not. */
export function clusterContract(open: () => Promise<World>): () => World {
  const world = openedOnce(open);
  configMapsContract(world);
  workloadsContract(world);
  followContract(world);
  rightsContract(world);
  podsContract(world);
  return world;
}
