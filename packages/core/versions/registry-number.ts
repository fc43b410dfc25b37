import { compareSemantic, parseSemantic } from './semantic.ts';

const DIGITS = /^[0-9]+$/;

export const isCounted = (number: string): boolean => DIGITS.test(number);

const withoutZeros = (digits: string): string => digits.replace(/^0+/, '');

/** As texts: a server may send as many digits as it likes. */
const byValue = (a: string, b: string): number =>
  a.length - b.length || (a === b ? 0 : a < b ? -1 : 1);

/**
 * The order of a registry's own ids: by value where they are counted, by semantic version on servers that
 * use those; others have only that of their letters.
 */
export function byNumber(a: string, b: string): number {
  if (isCounted(a) && isCounted(b)) return byValue(withoutZeros(a), withoutZeros(b));
  const [first, second] = [parseSemantic(a), parseSemantic(b)];
  if (!('refused' in first) && !('refused' in second)) return compareSemantic(first, second);
  return a === b ? 0 : a < b ? -1 : 1;
}
