import { found, quotable } from '@passmuster/core/quote.ts';
import { type Findings, isTooLong, nonNumber } from './findings.ts';

/** Of scores; a file of many more is made to fill the memory. */
export const MOST_COLUMNS = 10_000;
/** More than anybody reads. */
const MOST_REMARKS = 20;

/** The mean of what was added and how far it spreads (Welford). */
class Mean {
  count = 0;
  #sum = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.count++;
    this.#sum += value;
    const before = value - this.#mean;
    this.#mean += before / this.count;
    this.#squares += before * (value - this.#mean);
  }

  get value(): number {
    return this.#sum / this.count;
  }

  get standardError(): number | undefined {
    const { count } = this;
    return count < 2 ? undefined : Math.sqrt(this.#squares / (count - 1) / count);
  }
}

interface Column {
  readonly mean: Mean;
  /** How many rows have it, with a number or without. */
  cells: number;
  /** The last that has it. */
  row: number;
  /** What the first has that is there and no number. */
  other?: string;
  /** The first row without a number, and what it has. */
  gap?: { readonly row: number; readonly found: string };
}

interface Options {
  /** Whether a row that lacks the name has failed; else the name is not for every row. */
  readonly everyRow: boolean;
  readonly named?: (column: string) => string;
}

/** Scores for each sample, and their means. A mean over what is left of failed rows would flatter. */
export class Columns {
  readonly #columns = new Map<string, Column>();
  readonly #findings: Findings;
  readonly #everyRow: boolean;
  readonly #named: (column: string) => string;
  #rows = 0;
  /** Of the row at hand, and the most of any. */
  #tooLong = 0;
  #mostTooLong = 0;

  constructor(findings: Findings, { everyRow, named = (column) => column }: Options) {
    this.#findings = findings;
    this.#everyRow = everyRow;
    this.#named = named;
  }

  startRow(): void {
    this.#rows++;
    this.#tooLong = 0;
  }

  /** Of the row that was started last. */
  cell(name: string, value: unknown): void {
    // A map would read it through, for each row again.
    if (isTooLong(name)) {
      this.#mostTooLong = Math.max(this.#mostTooLong, ++this.#tooLong);
      return;
    }
    const column = this.#column(name);
    if (column.row === this.#rows) {
      this.#findings.fail(`Row ${this.#rows} has two values for \`${quotable(name)}\`.`);
    }
    if (column.row < this.#rows - 1) this.#lacks(column);
    column.row = this.#rows;
    column.cells++;
    if (Number.isFinite(value)) column.mean.add(value as number);
    else {
      column.other ??= nonNumber(value);
      column.gap ??= { row: this.#rows, found: found(value) };
    }
  }

  report(): void {
    this.#findings.leaveOut(this.#mostTooLong);
    const left: string[] = [];
    for (const [name, column] of this.#columns) {
      const metric = this.#named(name);
      const why = this.#reasonAgainst(column);
      if (why !== undefined) {
        this.#findings.refuse(metric, why, '');
        continue;
      }
      const { value, standardError, count: samples } = column.mean;
      this.#findings.take(metric, value, '', { samples, standardError });
      const missing = this.#rows - samples;
      if (missing > 0) {
        left.push(
          `\`${quotable(metric)}\` has no number in ${missing} of ${this.#rows} rows; its mean is over the rest.`,
        );
      }
    }
    for (const remark of left.slice(0, MOST_REMARKS)) this.#findings.remark(remark);
    const more = left.length - MOST_REMARKS;
    if (more > 0) this.#findings.remark(`So it is with ${more} more columns.`);
  }

  /** Why there is no mean, if there is none. */
  #reasonAgainst(column: Column): string | undefined {
    const { mean, cells, other } = column;
    if (mean.count === 0) {
      const such = other === undefined ? '' : `, such as ${other}`;
      return `no number in ${this.#rows} of ${this.#rows} rows${such}`;
    }
    if (column.row < this.#rows) this.#lacks(column);
    const rows = this.#everyRow ? this.#rows : cells;
    if (mean.count === rows || !column.gap) return undefined;
    const hold = `${rows - mean.count} of ${rows} rows hold no number`;
    return `a column of which ${hold} (row ${column.gap.row}: ${column.gap.found})`;
  }

  /** The row after the last that has it is one without. */
  #lacks(column: Column): void {
    if (this.#everyRow) column.gap ??= { row: column.row + 1, found: 'nothing' };
  }

  #column(name: string): Column {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    if (this.#columns.size === MOST_COLUMNS) {
      this.#findings.fail(`The file has more than ${MOST_COLUMNS} columns.`);
    }
    const column: Column = { mean: new Mean(), cells: 0, row: 0 };
    this.#columns.set(name, column);
    return column;
  }
}
