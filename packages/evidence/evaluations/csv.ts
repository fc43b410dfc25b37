import { found } from '@passmuster/core/quote.ts';
import { Columns, MOST_COLUMNS } from './columns.ts';
import type { Findings } from './findings.ts';

const DELIMITERS = [',', '\t', ';'];

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
  /** Whether nothing at all is written there. */
  readonly isBlank: boolean;
}

/** The delimiter that the first line has most of. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/[\r\n]/, 1);
  const count = (sign: string) => header.split(sign).length;
  return DELIMITERS.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** The cell that starts at the quote, and where the text goes on behind it. */
function quotedCell(text: string, at: number): { cell: string; end: number } | undefined {
  let end = text.indexOf('"', at + 1);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  if (end < 0) return undefined;
  return { cell: text.slice(at + 1, end).replaceAll('""', '"'), end: end + 1 };
}

/** Rows after RFC 4180; one bad quote, and nobody knows where cells end. */
function* rowsOf(text: string, findings: Findings): Generator<Row> {
  const delimiter = delimiterOf(text);
  const special = new RegExp(`[${delimiter}"\\r\\n]|$`, 'g');
  let line = 1;
  let at = 0;
  let lineStart = 0;
  let cells: string[] = [];
  while (at <= text.length) {
    const quoted = text[at] === '"' ? quotedCell(text, at) : null;
    if (quoted === undefined) return findings.fail('A quote in this row is not closed.', { line });
    special.lastIndex = at;
    const end = quoted?.end ?? special.exec(text)?.index ?? text.length;
    cells.push(quoted?.cell ?? text.slice(at, end));
    at = end + 1;
    if (cells.length > MOST_COLUMNS) {
      return findings.fail(`This row has more than ${MOST_COLUMNS} cells.`, { line });
    }
    if (text[end] === delimiter) continue;
    if (end < text.length && !/[\r\n]/.test(text[end] ?? '')) {
      return findings.fail('A quote stands within a cell of this row.', { line });
    }
    if (text.startsWith('\r\n', end)) at++;
    yield { line, cells, isBlank: end === lineStart };
    line += 1 + cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
    cells = [];
    lineStart = at;
  }
}

/** Of one column, a blank line is a row whose value is missing, but for those at the end. */
function* samplesOf(rows: Iterable<Row>, columns: number): Generator<Row> {
  let blanks = 0;
  for (const row of rows) {
    if (row.isBlank) {
      blanks++;
      continue;
    }
    for (; columns === 1 && blanks > 0; blanks--) yield { ...row, cells: [''] };
    yield row;
  }
}

const DECIMAL = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const INFINITE = /^([-+]?)inf(?:inity)?$/i;

/** A cell is a number only as programs write them: no `85%`, no `0,85`, no `1 000`. */
function cellValue(cell: string): unknown {
  const text = cell.trim();
  if (DECIMAL.test(text)) return Number(text);
  const [, sign] = INFINITE.exec(text) ?? [];
  if (sign !== undefined) return sign === '-' ? -Infinity : Infinity;
  return cell;
}

function firstOf(rows: Generator<Row>): Row | undefined {
  let next = rows.next();
  while (!next.done && next.value.isBlank) next = rows.next();
  return next.value;
}

function headerOf(row: Row | undefined, findings: Findings): readonly string[] {
  const names = row?.cells.map((name) => name.trim()) ?? [];
  const seen = new Set<string>();
  for (const name of names.filter((name) => name !== '')) {
    if (seen.has(name)) findings.fail(`Two columns are named ${found(name)}.`, { line: 1 });
    seen.add(name);
  }
  return names;
}

/** A row for each sample: the mean of every column. A column without a name is an index. */
export function readCsv(text: string, findings: Findings): void {
  const rows = rowsOf(text, findings);
  const header = headerOf(firstOf(rows), findings);
  const columns = new Columns(findings, { everyRow: true });
  for (const { line, cells } of samplesOf(rows, header.length)) {
    if (cells.length !== header.length) {
      const size = `This row has ${cells.length} cells, the first one has ${header.length}`;
      findings.fail(`${size}; expected as many.`, { line });
    }
    columns.startRow();
    for (const [index, name] of header.entries()) {
      if (name !== '') columns.cell(name, cellValue(cells[index] ?? ''));
    }
  }
  columns.report();
}
