import { type Block, type Mark, type Page, plainText, type Text } from '@passmuster/core/page.ts';
import { visible, visibleLines } from '@passmuster/core/visible.ts';
import { count } from './quantity.ts';
import { cut, padded, widthOf, wrapped } from './width.ts';

export interface Terminal {
  readonly colour: boolean;
  readonly width: number;
}

type Paint = (text: string) => string;

const paint = (colour: boolean, sequence: string): Paint =>
  colour ? (text) => `\u001b[${sequence}m${text}\u001b[0m` : (text) => text;

const VERDICTS: Record<Mark, readonly [string, string]> = {
  pass: ['PASS', '1;32'],
  fail: ['FAIL', '1;31'],
  inconclusive: ['INCONCLUSIVE', '1;33'],
  error: ['ERROR', '1;31'],
};

const inline = (text: Text): string => visible(plainText(text));

/** The widest columns give way first, and nothing is narrower than this. */
const NARROWEST = 8;

function widths(rows: readonly (readonly string[])[], width: number): number[] {
  const wanted = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => widthOf(cells[column] ?? ''))),
  );
  const room = width - 2 * (wanted.length - 1);
  let over = wanted.reduce((sum, each) => sum + each, 0) - room;
  while (over > 0) {
    const widest = wanted.indexOf(Math.max(...wanted));
    const least = wanted[widest] ?? 0;
    if (least <= NARROWEST) break;
    wanted[widest] = least - 1;
    over--;
  }
  return wanted;
}

function table(part: Extract<Block, { kind: 'table' }>, terminal: Terminal): string[] {
  const bold = paint(terminal.colour, '1');
  const rows = [part.columns.map(visible), ...part.rows.map((cells) => cells.map(inline))];
  const columns = widths(rows, terminal.width);
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => padded(cut(cell, columns[column] ?? 0), columns[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [bold(lines[0] ?? ''), ...lines.slice(1), ...more(part.rows.length, part.of)];
}

const more = (shown: number, of = shown): string[] =>
  of > shown ? [`… and ${count(of - shown)} more of ${count(of)}.`] : [];

function block(part: Block, terminal: Terminal): string[] {
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
      return table(part, terminal);
    case 'list':
      return [
        ...part.items.flatMap((item) => wrapped(`- ${inline(item)}`, terminal.width, '  ')),
        ...more(part.items.length, part.of),
      ];
    case 'code':
      return visibleLines(part.text).map((line) => `  ${line}`);
    case 'details':
      return [bold(inline(part.summary)), ...blocks(part.blocks, terminal)];
  }
}

const blocks = (page: Page, terminal: Terminal): string[] =>
  page.flatMap((part, index) => [...(index > 0 ? [''] : []), ...block(part, terminal)]);

/** The page as lines that fit the terminal. */
export const terminalLines = (page: Page, terminal: Terminal): string[] => blocks(page, terminal);
