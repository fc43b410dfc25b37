import { InputError } from '@passmuster/core/errors.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import { Columns } from './columns.ts';
import { listIn, own, textIn } from './fields.ts';
import type { Findings } from './findings.ts';
import { readJson } from './json.ts';
import { eachLeaf } from './leaves.ts';

/** A row of `samples_*.jsonl` of lm-evaluation-harness; it says which of its keys are scores. */
const isLmEvalSample = (row: unknown): boolean =>
  own(row, 'doc_id') !== undefined && Array.isArray(own(row, 'metrics'));

function addRow(row: unknown, table: Columns): void {
  table.startRow();
  if (isLmEvalSample(row)) {
    for (const name of new Set(listIn(row, 'metrics'))) {
      if (typeof name === 'string') table.cell(name, own(row, name) ?? null);
    }
    return;
  }
  eachLeaf(row, (name, value) => {
    // A list beside the scores is an answer, a context, a log.
    if (!Array.isArray(value)) table.cell(name, value);
  });
}

function rowOf(line: string, number: number, findings: Findings): unknown {
  let row: unknown;
  try {
    row = readJson(line, findings.file.path);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const placed = error.problems.map((problem) => ({
      ...problem,
      place: { file: findings.file.path, ...problem.place, line: number },
    }));
    throw new InputError(placed, { cause: error });
  }
  return isMap(row)
    ? row
    : findings.fail('This line is no map; expected one for each sample.', { line: number });
}

function* linesOf(text: string): Generator<readonly [number, string]> {
  let number = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    number++;
    const line = text.slice(start, end);
    if (/\S/.test(line)) yield [number, line];
    start = end + 1;
  }
}

const tableOf = (filter: string, findings: Findings): Columns =>
  new Columns(findings, {
    everyRow: true,
    named: (column) => (filter === 'none' ? column : `${column},${filter}`),
  });

/** A map on each line, for each sample one: the mean of every column. */
export function readJsonl(text: string, findings: Findings): void {
  const tables = new Map<string, Columns>();
  for (const [number, line] of linesOf(text)) {
    const row = rowOf(line, number, findings);
    const filter = (isLmEvalSample(row) && textIn(row, 'filter')) || 'none';
    const table = tables.get(filter) ?? tableOf(filter, findings);
    tables.set(filter, table);
    addRow(row, table);
  }
  for (const table of tables.values()) table.report();
}
