import type { Outcome } from '@passmuster/core/outcome.ts';
import type { End } from '@passmuster/core/promotions/carry-out.ts';

/** What a move came to for whoever waits for its exit code: somebody else's value is no failure of the registry. */
export function resultOfEnd({ outcome, strange }: End): Outcome<object>['result'] {
  if (outcome === 'done') return 'done';
  return strange.length > 0 ? 'conflict' : 'upstream';
}
