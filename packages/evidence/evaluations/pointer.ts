/** Nobody looks for a longer one, and each value below it would carry it along. */
const LONGEST_STEP = 500;
const SHOWN = 60;

/** The step or steps as a JSON Pointer (RFC 6901); a very long one is cut. */
export function pointerTo(...steps: readonly (string | number)[]): string {
  let pointer = '';
  for (const step of steps) {
    const whole = String(step);
    const text = whole.length > LONGEST_STEP ? `${whole.slice(0, SHOWN)}…` : whole;
    pointer += '/';
    pointer += /[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text;
  }
  return pointer;
}
