import type { Problems } from './problems.ts';

/** What YAML does not allow, and what makes a file look other than it reads. */
const REFUSED =
  /(?![\t\n])(?!\r\n)[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u{2028}\u{2029}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{feff}\u{fffd}]/gu;

function named(char: string, offset: number): string {
  if (char === '\ufeff' && offset === 0) return 'starts with a byte order mark';
  const code = char.codePointAt(0) ?? 0;
  const point = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  if (char === '\ufffd') return `holds ${point}, which stands for bytes that are not UTF-8`;
  if (code >= 0xd800 && code <= 0xdfff) return `holds half of a surrogate pair (${point})`;
  if (/[\u202a-\u202e\u2066-\u2069]/u.test(char)) {
    return `holds ${point}, which turns the direction of the text around`;
  }
  return `holds the control character ${point}`;
}

const SAVE_AGAIN = 'Take it out, and save the file as UTF-8 without a byte order mark.';

/** Refuses a text that nobody can read for what it is. */
export function refuseCharacters(problems: Problems): void {
  for (const { 0: char, index } of problems.source.text.matchAll(REFUSED)) {
    problems.add(index, () => ({ message: `The file ${named(char, index)}.`, hint: SAVE_AGAIN }));
  }
}
