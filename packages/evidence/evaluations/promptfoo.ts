import { isMap } from '@passmuster/core/shape/map.ts';
import { Columns } from './columns.ts';
import { listIn, mapIn, numberIn, own, textIn } from './fields.ts';
import type { Findings } from './findings.ts';

const STATS = ['results', 'stats'];
const AT = '/results/stats';
const MEANS = ['score', 'latencyMs', 'cost'];

/** Older versions leave errors out of the counts; the rows still have them. */
function errorsOf(document: unknown, rows: number, others: number): number | undefined {
  const counted = numberIn(document, ...STATS, 'errors');
  if (counted !== undefined) return counted;
  return Array.isArray(own(document, 'results', 'results')) ? rows - others : undefined;
}

/** A test that ended in an error did not pass: the denominator has all of them. */
function takePassRate(document: unknown, rows: number, findings: Findings): void {
  const successes = numberIn(document, ...STATS, 'successes') ?? Number.NaN;
  const failures = numberIn(document, ...STATS, 'failures') ?? Number.NaN;
  const errors = errorsOf(document, rows, successes + failures);
  const all = successes + failures + (errors ?? Number.NaN);
  const refuse = (why: string) => findings.refuse('pass_rate', why, AT);
  if (!Number.isSafeInteger(all) || Math.min(successes, failures, errors ?? 0) < 0) {
    refuse('of counts that are not all there');
  } else if (all === 0) refuse('of no test at all');
  else if (rows > 0 && rows !== all) refuse(`of counts for ${all} tests, and ${rows} results`);
  else findings.take('pass_rate', successes / all, AT, { samples: all });
}

function takeMeans(rows: readonly unknown[], findings: Findings): void {
  const columns = new Columns(findings, { everyRow: false });
  for (const row of rows) {
    columns.startRow();
    for (const name of MEANS) {
      const value = own(row, name);
      if (value !== undefined) columns.cell(name, value);
    }
    for (const [name, value] of Object.entries(mapIn(row, 'namedScores'))) {
      columns.cell(`namedScores.${name}`, value);
    }
  }
  columns.report();
}

const providerOf = (row: unknown): string | undefined =>
  textIn(row, 'provider') ?? textIn(row, 'provider', 'label') ?? textIn(row, 'provider', 'id');

/** `results.json` of promptfoo. */
export function readPromptfoo(document: unknown, findings: Findings): boolean {
  if (!isMap(own(document, ...STATS)) || own(document, ...STATS, 'successes') === undefined)
    return false;
  const rows = listIn(document, 'results', 'results');
  takePassRate(document, rows.length, findings);
  for (const key of ['successes', 'failures', 'errors']) {
    const value = own(document, ...STATS, key);
    if (value !== undefined) findings.take(key, value, `${AT}/${key}`);
  }
  takeMeans(rows, findings);
  const providers = new Set(rows.map(providerOf)).size;
  if (providers > 1) findings.remark(`The values are over ${providers} providers together.`);
  return true;
}
