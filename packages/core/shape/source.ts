import type { Place, Problem } from '../errors.ts';
import { withoutCredentials } from '../quote.ts';
import { visible } from '../visible.ts';

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}\u{3001}-\u{303e}\u{30a0}-\u{30ff}\u{ff01}-\u{ff60}]|\p{Emoji_Presentation}/u;
const WIDTHLESS = /[\p{Mn}\p{Me}]/u;
const TAB = '    ';
/** Characters of a line that are shown on either side of the caret. */
const MARGIN = 60;
/** Further than shown, so that a password is starred out although its start is not shown. */
const READ = 600;

const cell = (char: string) => (char === '\t' ? TAB : visible(char));

function width(char: string): number {
  const shown = cell(char);
  if (shown !== char) return shown.length;
  if (WIDTHLESS.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}

/** A text and where in it something stands. Columns count UTF-16 units, as editors do. */
export class Source {
  readonly text: string;
  readonly file: string;
  #starts: number[] | undefined;

  constructor(text: string, file: string) {
    this.text = text;
    this.file = file;
  }

  place(offset: number): Required<Place> {
    const line = this.#line(offset);
    return { file: this.file, line: line + 1, column: offset - this.#start(line) + 1 };
  }

  problem(offset: number, said: { readonly message: string; readonly hint?: string }): Problem {
    const { message, hint } = said;
    const placed = { message, place: this.place(offset), excerpt: this.excerpt(offset) };
    return hint === undefined ? placed : { ...placed, hint };
  }

  /** The line with a caret below: two lines of plain text, whatever the file holds. */
  excerpt(offset: number): string {
    const start = this.#start(this.#line(offset));
    const newline = this.text.indexOf('\n', offset);
    const end = newline < 0 ? this.text.length : newline;
    const from = Math.max(start, offset - READ);
    const read = withoutCredentials(this.text.slice(from, Math.min(end, offset + READ)));
    const before = [...read.slice(0, offset - from)];
    const after = [...read.slice(offset - from).replace(/\r$/, '')];
    const left = before.slice(-MARGIN);
    const cutLeft = left.length < before.length || from > start ? '…' : '';
    const cutRight = after.length > MARGIN || end > offset + READ ? '…' : '';
    const line = cutLeft + [...left, ...after.slice(0, MARGIN)].map(cell).join('') + cutRight;
    const caret = left.reduce((sum, char) => sum + width(char), cutLeft.length);
    return `${line}\n${' '.repeat(caret)}^`;
  }

  #line(offset: number): number {
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #start(line: number): number {
    return this.#lineStarts()[line] ?? 0;
  }

  #lineStarts(): number[] {
    if (this.#starts !== undefined) return this.#starts;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    this.#starts = starts;
    return starts;
  }
}
