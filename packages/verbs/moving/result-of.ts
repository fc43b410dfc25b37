import { RolloutFailed } from '@passmuster/core/cluster/rollout-failed.ts';
import type { Outcome } from '@passmuster/core/outcome.ts';
import type { End } from '@passmuster/core/promotions/carry-out.ts';

/** What a move came to for whoever waits for its exit code: somebody else's value is no failure of the registry. */
export function resultOfEnd({ outcome, strange, cause }: End): Outcome<object>['result'] {
  if (outcome === 'done') return 'done';
  // It was tried, found wanting and put back, as a gate would have had it.
  if (outcome === 'put-back' && cause instanceof RolloutFailed) return 'refused';
  return strange.length > 0 ? 'conflict' : 'upstream';
}
