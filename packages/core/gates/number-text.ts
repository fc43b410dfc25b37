const USUAL = 6;
/** As many as tell any two numbers apart. */
const MOST = 17;
const SMALL = 1e-6;
const LARGE = 1e15;

/** A number for people: six digits, or as many as stand before the point; no exponent for usual sizes. */
export function numberText(value: number, digits = USUAL): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0) return '0';
  const usual = size >= SMALL && size < LARGE;
  const before = usual ? Math.trunc(size).toString().length : 0;
  const rounded = Number(value.toPrecision(Math.max(digits, before)));
  return usual ? String(rounded) : rounded.toExponential();
}

/** Two numbers for people that read alike only if they are the same. */
export function apart(one: number, other: number): readonly [string, string] {
  let digits = USUAL;
  while (digits < MOST && numberText(one, digits) === numberText(other, digits)) digits++;
  return [numberText(one, digits), numberText(other, digits)];
}
