import type { Reading } from '@passmuster/core/evidence/measured.ts';
import { readEvaluation } from './index.ts';

export const DIGEST = `sha256:${'0'.repeat(64)}`;

export const readText = (text: string, path = 'results.json'): Promise<Reading> =>
  readEvaluation(new TextEncoder().encode(text), { path, digest: DIGEST });

/** A document as JSON; `NaN` and the like must be written as text. */
export const readValue = (value: unknown): Promise<Reading> => readText(JSON.stringify(value));

const title = ({ metric, slice }: { readonly metric: string; readonly slice?: string }) =>
  slice === undefined ? metric : `${metric} [${slice}]`;

/** Values by name, in the order of the file. */
export const values = ({ measured }: Reading): Record<string, number> =>
  Object.fromEntries(measured.map((one) => [title(one), one.value]));

/** What was found in place of numbers, by name. */
export const unusable = (reading: Reading): Record<string, string> =>
  Object.fromEntries(reading.unusable.map((one) => [title(one), one.found]));

export function one(reading: Reading, metric: string, slice?: string) {
  const [first, ...more] = reading.measured.filter(
    (value) => value.metric === metric && value.slice === slice,
  );
  if (first === undefined || more.length > 0) throw new Error(`${metric} is not there once`);
  return first;
}
