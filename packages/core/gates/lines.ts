import type { GateSource } from './gate.ts';

/** A text may lack its end: to look for one from each quote would take the square of the length. */
const TEXTS_AND_COMMENT = /"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|#.*/gs;
const WARNING = /^warn\s*:\s*/;

/** A `#` inside a quoted name is no comment. */
export const withoutComment = (line: string): string =>
  line.replace(TEXTS_AND_COMMENT, (part) => (part.startsWith('#') ? '' : part)).trim();

/** The gates of the input `gates`: one a line, `warn:` before one that only warns, comments after `#`. */
export function gateLines(input: string): GateSource[] {
  return input.split(/\r\n|[\r\n]/).flatMap((line, index) => {
    const said = withoutComment(line);
    if (said === '') return [];
    const text = said.replace(WARNING, '');
    const level = text === said ? 'fail' : 'warn';
    return [{ text, level, from: `line ${index + 1} of the input \`gates\`` }];
  });
}
