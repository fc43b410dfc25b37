import { checkKey } from '../checks/names.ts';
import { invalid } from '../refusal.ts';
import { offsetIn, type Page, pageOf } from '../search/pages.ts';
import type { Database } from './database.ts';
import type { RunRow } from './runs.ts';

export interface NewMetric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

export interface MetricRow extends NewMetric {
  readonly is_nan: number;
}

export function checkMetric({ key, timestamp }: NewMetric, path: string): void {
  const within = path === '' ? '' : `${path}.`;
  checkKey(key, `${within}name`, 'Metric name');
  if (timestamp >= 0) return;
  throw invalid(
    `Invalid value ${timestamp} for parameter '${within}timestamp' supplied: ` +
      'Timestamp must be a nonnegative long (64-bit integer)',
  );
}

/** As MLflow's stores have it: NaN apart, and infinities as the largest number there is. */
function stored(value: number): { readonly value: number; readonly nan: number } {
  if (Number.isNaN(value)) return { value: 0, nan: 1 };
  return { value: Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value)), nan: 0 };
}

const COLUMNS = '(run, key, timestamp, step, value, is_nan) VALUES (?, ?, ?, ?, ?, ?)';

/** Logged twice it is there once; the last by step, then by time, then by size is the run's value. */
export function logMetric(db: Database, { id }: RunRow, metric: NewMetric): void {
  const { value, nan } = stored(metric.value);
  const row = [id, metric.key, metric.timestamp, metric.step, value, nan];
  db.run(`INSERT INTO metrics ${COLUMNS} ON CONFLICT DO NOTHING`, ...row);
  db.run(
    `INSERT INTO latest_metrics ${COLUMNS} ON CONFLICT (run, key) DO UPDATE SET ` +
      'timestamp = excluded.timestamp, step = excluded.step, value = excluded.value, ' +
      'is_nan = excluded.is_nan WHERE (excluded.step, excluded.timestamp, excluded.value) > ' +
      '(latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)',
    ...row,
  );
}

export const latestMetrics = (db: Database, run: number): MetricRow[] =>
  db.all<MetricRow>('SELECT * FROM latest_metrics WHERE run = ? ORDER BY rowid', run);

/** Every value of a metric. Without a size all of them; of an unknown run there are none. */
export function metricHistory(
  db: Database,
  runId: string,
  key: string,
  size: number | undefined,
  token: string | undefined,
): Page<MetricRow> {
  const offset = offsetIn(token);
  const rows = db.all<MetricRow>(
    'SELECT x.* FROM metrics x JOIN runs r ON r.id = x.run WHERE r.run_id = ? AND x.key = ? ' +
      'ORDER BY x.timestamp, x.step, x.value LIMIT ? OFFSET ?',
    runId,
    key,
    size === undefined ? -1 : size + 1,
    offset,
  );
  return pageOf(rows, offset, size ?? rows.length);
}
