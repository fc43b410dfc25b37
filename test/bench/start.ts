import type { Figure } from './figures.ts';
import { type Command, measure } from './measure.ts';
import { inRounds, ratioOf } from './rounds.ts';
import { secondsOf, time } from './times.ts';

export interface Starter {
  readonly name: string;
  /** Asked anew in each round: what was registered once is there. */
  command(): Command;
  /** Times as long as a script that does nothing; without it, it is only shown beside the others. */
  readonly atMost?: number;
}

/** How long each takes from start to end, beside a script that does nothing. */
export async function benchStart(
  empty: Command,
  starters: readonly Starter[],
  rounds: number,
): Promise<Figure[]> {
  const all = [{ name: 'empty', command: () => empty }, ...starters];
  const runs = await inRounds(
    rounds,
    Object.fromEntries(all.map(({ name, command }) => [name, () => measure(command())])),
  );
  const of = (name: string) => secondsOf(runs[name] ?? []);
  const overEmpty = ({ name, atMost }: Starter): Figure => ({
    name: `${name} over empty`,
    unit: '×',
    spread: ratioOf(of(name), of('empty')),
    ...(atMost !== undefined && { atMost }),
  });
  return [...all.map(({ name }) => time(name, of(name))), ...starters.map(overEmpty)];
}
