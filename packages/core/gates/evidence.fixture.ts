import type { Measured } from '../evidence/measured.ts';
import type { Evidence, Look } from './evidence.ts';
import { metricText } from './metric-text.ts';

export const measured = (metric: string, value: number, slice?: string): Measured => ({
  metric,
  ...(slice !== undefined && { slice }),
  value,
  origin: { kind: 'run', id: 'r1' },
  conditions: {},
});

export type Values = Readonly<Record<string, number>>;

/** By the name as a gate has it; what is not there is missing. */
const lookIn =
  (values: Values, whose: string): Look =>
  (name) => {
    const value = values[metricText(name)];
    return value === undefined
      ? { why: `${whose} has no ${metricText(name)}.` }
      : { measured: measured(name.metric, value, name.slice) };
  };

/** Without values of the champion there never was one. */
export const evidence = (candidate: Values, champion?: Values): Evidence => ({
  candidate: lookIn(candidate, 'It'),
  champion:
    champion === undefined
      ? { kind: 'none', why: 'Nothing was ever in production.' }
      : { kind: 'version', look: lookIn(champion, 'The champion') },
});
