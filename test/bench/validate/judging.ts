import type { Figure } from '../figures.ts';
import { type Command, measure } from '../measure.ts';
import { againstRivals } from '../rivals.ts';
import { inRounds } from '../rounds.ts';
import { BAD, GOOD, type Judges } from './contenders.ts';

const REFUSED = 1;

/** Whole processes: a version with a run against a champion with one. */
export async function benchJudging(
  empty: Command,
  { python, curl, verb, action }: Judges,
  rounds: number,
): Promise<Figure[]> {
  // Who says yes to everything would be faster.
  for (const judge of [python, curl, verb, action]) measure({ ...judge(BAD), code: REFUSED });
  const runs = await inRounds(rounds, {
    empty: () => measure(empty),
    python: () => measure(python(GOOD)),
    curl: () => measure(curl(GOOD)),
    verb: () => measure(verb(GOOD)),
    action: () => measure(action(GOOD)),
  });
  return againstRivals(
    { 'passmuster validate': runs.verb, 'validate as an action': runs.action },
    runs,
    'curl and jq',
  );
}
