const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** `30d` or `12h`; with the `u` flag alone, as schemas have it. */
export const AGE = /^[1-9][0-9]{0,3}[dh]$/u;

/** Milliseconds of a text of that form. */
export const ageOf = (text: string): number =>
  Number.parseInt(text, 10) * (text.endsWith('d') ? DAY : HOUR);

/** The same again, in days where they are whole. */
export const ageText = (milliseconds: number): string =>
  milliseconds % DAY === 0 ? `${milliseconds / DAY}d` : `${milliseconds / HOUR}h`;
