const PAIRED = /[\ud800-\udfff]/;

/** So that `_` stands for one character also beyond the first 65,536. */
const unitsOf = (text: string): string | readonly string[] =>
  PAIRED.test(text) ? [...text] : text;

/**
 * Whether a text is like a pattern in which `%` stands for anything and `_` for one character.
 * SQLite's own takes minutes for patterns of many `%`; this one never goes back further than the last.
 */
export function isLike(text: string, pattern: string): boolean {
  const units = unitsOf(text);
  const signs = unitsOf(pattern);
  let at = 0;
  let sign = 0;
  let anything = -1;
  let resume = 0;
  while (at < units.length) {
    if (signs[sign] === '%') {
      anything = sign++;
      resume = at;
    } else if (signs[sign] === '_' || signs[sign] === units[at]) {
      sign++;
      at++;
    } else if (anything >= 0) {
      sign = anything + 1;
      at = ++resume;
    } else return false;
  }
  while (signs[sign] === '%') sign++;
  return sign === signs.length;
}

const fold = (text: string): string =>
  text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());

/** LIKE tells case apart, ILIKE does not for the letters A to Z; as MLflow on SQLite. */
export const likeness = {
  is_like: isLike,
  is_alike: (text: string, pattern: string) => isLike(fold(text), fold(pattern)),
} as const;
