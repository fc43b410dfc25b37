/** Beyond this there are no dates. */
const LAST = 8.64e15;

/** In UTC, of milliseconds that somebody else has told; empty where it is no moment that there is. */
export const instant = (milliseconds: number): string =>
  Math.abs(milliseconds) <= LAST ? new Date(milliseconds).toISOString() : '';

const LENGTH = { minutes: 16, seconds: 19 } as const;

/** `2026-11-28 15:04` in UTC, which the words beside it say. */
export const moment = (milliseconds: number, to: keyof typeof LENGTH = 'minutes'): string =>
  instant(milliseconds).slice(0, LENGTH[to]).replace('T', ' ') || 'an unknown time';

/** The same, with the words. */
export const momentText = (milliseconds: number, to?: keyof typeof LENGTH): string =>
  `${moment(milliseconds, to)} UTC`;
