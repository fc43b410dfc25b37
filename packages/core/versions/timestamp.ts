const IDENTIFIER = /^([0-9]{4}-[0-9]{2}-[0-9]{2})-([0-9]{2})-([0-9]{2})-([0-9]{2})$/;

const SECOND = 1000;

/** `2024-11-05-14-30-00` of milliseconds since 1970. */
const written = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '-');

/** Why a text is no version named after a time: a sentence that finishes "it …". */
export function timestampProblem(text: string): string | undefined {
  const [, day, hour, minute, second] = IDENTIFIER.exec(text) ?? [];
  if (day === undefined) return 'is not a time in UTC such as `2024-11-05-14-30-00`';
  const at = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
  // Some dates that no calendar has are read as the day after.
  return Number.isNaN(at) || written(at) !== text
    ? 'is a time that no calendar or clock has'
    : undefined;
}

/** The name of a version made at a time, or at the first second after it that has none yet. */
export function nextAtTime(at: number, taken: Iterable<string>): string {
  const names = new Set(taken);
  let time = at;
  while (names.has(written(time))) time += SECOND;
  return written(time);
}
