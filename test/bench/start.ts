import type { Figure } from './figures.ts';
import { type Command, measure } from './measure.ts';
import { inRounds, ratioOf, spreadOf } from './rounds.ts';

export interface Starter {
  readonly name: string;
  readonly command: Command;
  /** Times as long as a script that does nothing. */
  readonly atMost: number;
}

/** How long each takes from start to end, beside a script that does nothing. */
export function benchStart(empty: Command, starters: readonly Starter[], rounds: number): Figure[] {
  const all = [{ name: 'empty', command: empty }, ...starters];
  const runs = inRounds(
    rounds,
    Object.fromEntries(all.map(({ name, command }) => [name, () => measure(command)])),
  );
  const secondsOf = (name: string) => (runs[name] ?? []).map(({ seconds }) => seconds);
  const time = ({ name }: { name: string }): Figure => ({
    name: `time of ${name}`,
    unit: 'ms',
    spread: spreadOf(secondsOf(name).map((seconds) => seconds * 1000)),
  });
  const overEmpty = ({ name, atMost }: Starter): Figure => ({
    name: `${name} over empty`,
    unit: '×',
    spread: ratioOf(secondsOf(name), secondsOf('empty')),
    atMost,
  });
  return [...all.map(time), ...starters.map(overEmpty)];
}
