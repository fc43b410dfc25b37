import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import { hasMoved } from '@passmuster/core/promotions/live.ts';
import { moveOf } from '@passmuster/core/promotions/record.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import type { Seen, SeenThere } from '../moving/look.ts';
import type { Place } from '../moving/place.ts';
import { type Obstacle, obstacle } from './obstacles.ts';

const stoodUnderPolicy = ({ record }: Ticket): boolean => {
  const policy = record?.['policy'];
  return isMap(policy) && typeof policy['digest'] === 'string';
};

/** What another environment has, by its last move. */
function ownerOf(seen: Seen, { environment }: SeenThere): Obstacle[] {
  const { name, policy, hasAlias = true } = environment;
  return seen.whole.environments.flatMap((other) => {
    const last = seen.whole
      .history({ environment: other })
      .sealed.findLast(({ outcome }) => hasMoved(outcome));
    const has = (other === name ? undefined : last && moveOf(last)?.has) ?? {};
    const shared =
      hasAlias && has.alias === policy.alias
        ? `the alias ${quotable(policy.alias)}`
        : has.stage !== undefined && has.stage === policy.stage
          ? `the stage ${policy.stage}`
          : undefined;
    if (shared === undefined) return [];
    const message = `By ticket ${last?.number}, ${shared} says what is in ${quotable(other)}, and no policy says that it is something else now.`;
    return [obstacle(message, `Give \`environment: ${quotable(other)}\`.`)];
  });
}

/**
 * Where no policy in force names the environment, nobody says what a version must pass there. What was moved
 * under a policy before, or belongs to another environment, is not moved without one.
 */
export function undecided(
  { policy, environment }: Pick<Place, 'policy' | 'environment'>,
  seen: Seen,
  there: SeenThere,
): Obstacle[] {
  if (policy.policy?.environments.has(environment.name)) return [];
  const last = there.history.sealed.findLast(({ outcome }) => hasMoved(outcome));
  if (last && stoodUnderPolicy(last)) {
    const message = `${quotable(environment.name)} was moved under a policy before (ticket ${last.number}), and here none is in force that names it: nobody would ask for its gates and approvals.`;
    const hint =
      'Run this where the policy is; in a job, that is the default branch of the repository.';
    return [obstacle(message, hint)];
  }
  return ownerOf(seen, there);
}
