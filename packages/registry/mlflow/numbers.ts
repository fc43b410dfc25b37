const DIGITS = /^\d{1,30}$/;

export const isDigits = (number: string): boolean => DIGITS.test(number);

/** By value where both are numbers; otherwise in some order that is always the same. */
export function compareNumbers(a: string, b: string): number {
  if (isDigits(a) && isDigits(b)) {
    const difference = BigInt(a) - BigInt(b);
    return difference < 0n ? -1 : Number(difference > 0n);
  }
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
