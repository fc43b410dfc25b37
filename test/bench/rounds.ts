/**
 * Runs everybody once in each round, so that a machine that slows down slows all of them down, and
 * every other round backwards, so that nobody always comes after the same one. The first round is
 * not counted: it warms caches.
 */
export async function inRounds<Name extends string, Result>(
  rounds: number,
  contenders: Readonly<Record<Name, () => Result | Promise<Result>>>,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(contenders) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    Result[]
  >;
  for (let round = 0; round <= rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const result = await contenders[name]();
      if (round > 0) results[name].push(result);
    }
  }
  return results;
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return {
    median: middle.reduce((sum, value) => sum + value, 0) / middle.length,
    min: sorted[0] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
  };
}

/** How many times as much the one was, round by round. */
export const ratioOf = (one: readonly number[], other: readonly number[]): Spread =>
  spreadOf(one.map((value, round) => value / (other[round] ?? Number.NaN)));
