import { type Block, type Mark, type Page, plainText, type Text } from '@passmuster/core/page.ts';
import { visible, visibleLines } from '@passmuster/core/visible.ts';
import { count } from './quantity.ts';
import { padded, widthOf, wrapped } from './width.ts';

export interface Terminal {
  readonly colour: boolean;
  readonly width: number;
}

type Paint = (text: string) => string;
type Table = Extract<Block, { kind: 'table' }>;

const paint = (colour: boolean, sequence: string): Paint =>
  colour ? (text) => `\u001b[${sequence}m${text}\u001b[0m` : (text) => text;

const VERDICTS: Record<Mark, readonly [string, string]> = {
  pass: ['PASS', '1;32'],
  fail: ['FAIL', '1;31'],
  inconclusive: ['INCONCLUSIVE', '1;33'],
  error: ['ERROR', '1;31'],
};

const inline = (text: Text): string => visible(plainText(text));

/** Rows beyond this are counted, not shown; whoever wants them all reads the JSON. */
const MOST_ROWS = 1000;
/** What a page folds away cannot be opened here, so there is only a taste of it. */
const MOST_FOLDED = 20;

/** What does not fit side by side stands below each other: a cut path or digest tells nobody anything. */
function stacked(part: Table, rows: readonly (readonly string[])[]): string[] {
  return rows.flatMap(([first = '', second = '', ...rest]) => [
    `${first}  ${second}`.trim(),
    ...rest.map((cell, index) => `  ${part.columns[index + 2] ?? ''}: ${cell}`),
  ]);
}

function table(part: Table, terminal: Terminal, most: number): string[] {
  const bold = paint(terminal.colour, '1');
  const cells = part.rows.slice(0, most).map((row) => row.map(inline));
  const rows = [part.columns.map(visible), ...cells];
  const widths = part.columns.map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, widthOf(row[column] ?? '')), 0),
  );
  const left = more(cells.length, part.of ?? part.rows.length);
  const total = widths.reduce((sum, each) => sum + each + GAP.length, -GAP.length);
  if (total > terminal.width) return [...stacked(part, cells), ...left];
  const [head = '', ...lines] = rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
  return [bold(head), ...lines, ...left];
}

const GAP = '  ';

const more = (shown: number, of = shown): string[] =>
  of > shown ? [`… and ${count(of - shown)} more of ${count(of)}.`] : [];

function block(part: Block, terminal: Terminal, most: number): string[] {
  const bold = paint(terminal.colour, '1');
  switch (part.kind) {
    case 'verdict': {
      const [word, sequence] = VERDICTS[part.verdict];
      const [first = '', ...rest] = wrapped(`${word} ${inline(part.text)}`, terminal.width, '  ');
      return [paint(terminal.colour, sequence)(word) + first.slice(word.length), ...rest];
    }
    case 'heading':
      return [bold(inline(part.text))];
    case 'paragraph':
      return wrapped(inline(part.text), terminal.width);
    case 'table':
      return table(part, terminal, most);
    case 'list':
      return [
        ...part.items.flatMap((item) => wrapped(`- ${inline(item)}`, terminal.width, '  ')),
        ...more(part.items.length, part.of),
      ];
    case 'code':
      return visibleLines(part.text).map((line) => `  ${line}`);
    case 'details':
      return [bold(inline(part.summary)), ...blocks(part.blocks, terminal, MOST_FOLDED)];
  }
}

const blocks = (page: Page, terminal: Terminal, most: number): string[] =>
  page.flatMap((part, index) => [...(index > 0 ? [''] : []), ...block(part, terminal, most)]);

/** The page as lines that fit the terminal. One that is code alone is for a program, and stands at the margin. */
export function terminalLines(page: Page, terminal: Terminal): string[] {
  const [only, ...more] = page;
  return only?.kind === 'code' && more.length === 0
    ? visibleLines(only.text)
    : blocks(page, terminal, MOST_ROWS);
}
