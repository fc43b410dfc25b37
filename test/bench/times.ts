import type { Figure } from './figures.ts';
import type { Measured } from './measure.ts';
import { spreadOf } from './rounds.ts';

export const secondsOf = (runs: readonly Measured[]): number[] =>
  runs.map(({ seconds }) => seconds);

export const time = (name: string, seconds: readonly number[]): Figure => ({
  name: `time of ${name}`,
  unit: 'ms',
  spread: spreadOf(seconds.map((one) => one * 1000)),
});
