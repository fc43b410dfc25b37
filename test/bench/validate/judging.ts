import type { Figure } from '../figures.ts';
import { type Command, measure } from '../measure.ts';
import { CURL, EMPTY, over, PYTHON } from '../over.ts';
import { inRounds } from '../rounds.ts';
import { secondsOf, time } from '../times.ts';
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
  return [
    time('Python’s client', secondsOf(runs.python)),
    time('curl and jq', secondsOf(runs.curl)),
    time('passmuster validate', secondsOf(runs.verb)),
    time('validate as an action', secondsOf(runs.action)),
    over('passmuster validate', 'Python’s client', [runs.verb, runs.python], PYTHON),
    over('passmuster validate', 'curl and jq', [runs.verb, runs.curl], CURL),
    over('passmuster validate', 'empty', [runs.verb, runs.empty], EMPTY),
    over('validate as an action', 'Python’s client', [runs.action, runs.python], PYTHON),
    over('validate as an action', 'curl and jq', [runs.action, runs.curl], CURL),
    over('validate as an action', 'empty', [runs.action, runs.empty], EMPTY),
  ];
}
