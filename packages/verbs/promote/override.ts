import type { Override } from '@passmuster/core/promotions/record.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { allIn } from './freeze.ts';
import type { Job } from './job.ts';
import { type Obstacle, obstacle } from './obstacles.ts';

/** What is left in the way, and what an override has passed. */
interface Passed {
  readonly left: readonly Obstacle[];
  readonly override?: Override;
}

/** Whoever may override passes gates, a freeze and missing approvals, and nothing else; it stays on record. */
export function passed(
  { inputs, environment }: Pick<Job, 'inputs' | 'environment'>,
  obstacles: readonly Obstacle[],
  people: readonly string[],
): Passed {
  const reason = inputs.override;
  const passable = obstacles.filter(({ passes }) => passes !== undefined);
  if (reason === undefined || passable.length === 0) return { left: obstacles };
  const { mayOverride } = environment.policy;
  if (!allIn(mayOverride, people)) {
    const who = people.map((one) => quotable(one)).join(' and ');
    const listed = mayOverride.map((one) => quotable(one)).join(', ');
    const message = `\`override\` is given by ${who}, who may not override in ${quotable(environment.name)}.`;
    const hint =
      listed === '' ? 'The policy lists nobody under `may-override`.' : `These may: ${listed}.`;
    return { left: [obstacle(message, hint), ...obstacles] };
  }
  return {
    left: obstacles.filter(({ passes }) => passes === undefined),
    override: { reason, passed: passable.flatMap(({ passes }) => passes ?? []) },
  };
}
