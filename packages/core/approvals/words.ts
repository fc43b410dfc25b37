import { quotable } from '../quote.ts';

/** Somebody in a sentence. */
export const named = (login: string): string => (login === '' ? 'nobody' : quotable(login));

export const shortCommit = (commit: string): string => quotable(commit.slice(0, 7));

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** In the largest unit of which it has two, never more than it is. */
export function ageText(milliseconds: number): string {
  const [unit, length] = UNITS.find(([, size]) => milliseconds >= 2 * size) ?? UNITS[3];
  const count = Math.floor(milliseconds / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** "ann", "ann and bob", "ann, bob and carol" */
export function listText(items: readonly string[], last: 'and' | 'or'): string {
  const end = items.at(-1) ?? '';
  return items.length < 2 ? end : `${items.slice(0, -1).join(', ')} ${last} ${end}`;
}
