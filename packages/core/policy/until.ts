const DAY = 24 * 60 * 60 * 1000;

/** A day, or a moment in UTC to the minute or the second; with the `u` flag alone, as schemas have it. */
export const UNTIL =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?Z)?$/u;

const isDay = (until: string): boolean => !until.includes('T');

/** What is wrong with a text of that form, as a sentence goes on. */
export function untilProblem(until: string): string | undefined {
  const day = until.slice(0, 10);
  const at = Date.parse(`${day}T00:00:00Z`);
  // Some dates that no calendar has are read as the day after.
  const isReal = !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
  return isReal ? undefined : `is "${until}", a day that no calendar has`;
}

/** The first millisecond after it: a day lasts to its end in UTC. No number where the text is neither. */
export function endOf(until: string): number {
  if (!UNTIL.test(until) || untilProblem(until) !== undefined) return Number.NaN;
  return isDay(until) ? Date.parse(`${until}T00:00:00Z`) + DAY : Date.parse(until);
}

/** Whatever cannot be told has ended. */
export const hasEnded = (until: string, now: number): boolean => !(now < endOf(until));

/** As a sentence says when something ended: `on 2026-12-31`. */
export const endText = (until: string): string => `${isDay(until) ? 'on' : 'at'} ${until}`;
