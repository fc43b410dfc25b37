import { quotable } from '@passmuster/core/quote.ts';
import { invalid } from '../refusal.ts';
import type { Database } from '../store/database.ts';
import { experimentNumber } from '../store/experiments.ts';
import type { RunRow } from '../store/runs.ts';
import { type Condition, conditionsOf } from './conditions.ts';
import { checkText, NUMERIC } from './entities.ts';
import type { Search } from './models.ts';
import { offsetIn, type Page, pageOf } from './pages.ts';
import { aboutRun, DATASET_COLUMNS, RUN_COLUMNS, TIMES } from './run-entities.ts';
import { runOrder } from './run-order.ts';
import { all, comparison, type KeyTable, keyed, type Sql } from './sql.ts';

const keysIn = (table: string): KeyTable => ({ table, of: ['r.id'], by: ['run'], indexed: false });

const TEXT = ['=', '!=', 'LIKE', 'ILIKE'];
const LISTS = ['IN', 'NOT IN'];
const NULLS = ['IS NULL', 'IS NOT NULL'];

function checkComparator({ comparator }: Condition, valid: readonly string[]): void {
  if (valid.includes(comparator)) return;
  const choices = valid.join("', '");
  throw invalid(`Invalid comparator '${quotable(comparator)}' not one of '${choices}'`);
}

/** NaN is unequal to every number, and neither less nor greater. */
function metric(key: string, condition: Condition): Sql {
  checkComparator(condition, NUMERIC);
  if (condition.operand.kind !== 'number') {
    throw invalid('Expected numeric value type for metric.');
  }
  const { text, values } = comparison('k.value', condition);
  const whole =
    condition.comparator === '!=' ? `(${text} OR k.is_nan)` : `${text} AND NOT k.is_nan`;
  return {
    text: `EXISTS (SELECT 1 FROM latest_metrics k WHERE k.run = r.id AND k.key = ? AND ${whole})`,
    values: [key, ...values],
  };
}

function attribute(key: string, condition: Condition): Sql {
  const column = RUN_COLUMNS.get(key) ?? '';
  if (TIMES.has(column)) {
    checkComparator(condition, NUMERIC);
    if (condition.operand.kind !== 'number') {
      throw invalid(`Expected numeric value type for numeric attribute: ${key}.`);
    }
    return comparison(column, condition);
  }
  const isList = condition.operand.kind === 'list';
  if (isList && key !== 'run_id') {
    throw invalid(
      "Only ['run_id'] attributes support comparison with a list of quoted string values.",
    );
  }
  checkComparator(condition, [...TEXT, ...LISTS]);
  checkText('attributes', condition, key === 'run_id');
  return comparison(column, condition);
}

function dataset(key: string, condition: Condition): Sql {
  checkComparator(condition, [...TEXT, ...LISTS]);
  checkText('dataset attributes', condition, true);
  const { text, values } = comparison(DATASET_COLUMNS.get(key) ?? '', condition);
  const context =
    key === 'context'
      ? " JOIN input_tags c ON c.input = i.id AND c.key = 'mlflow.data.context'"
      : '';
  return {
    text: `EXISTS (SELECT 1 FROM inputs i JOIN datasets d ON d.id = i.dataset${context} WHERE i.run = r.id AND ${text})`,
    values,
  };
}

function sqlOf(condition: Condition): Sql {
  const { entity, key } = aboutRun(condition.entity, condition.key);
  if (entity === 'metric') return metric(key, condition);
  if (entity === 'attribute') return attribute(key, condition);
  if (entity === 'dataset') return dataset(key, condition);
  checkComparator(condition, [...TEXT, ...NULLS]);
  if (condition.operand.kind !== 'none') checkText(entity, condition, false);
  return keyed(keysIn(entity === 'tag' ? 'run_tags' : 'params'), key, condition);
}

const among = (column: string, values: readonly (string | number)[]): Sql => ({
  text: `${column} IN (SELECT value FROM json_each(?))`,
  values: [JSON.stringify(values)],
});

export function searchRuns(
  db: Database,
  search: Search,
  experimentIds: readonly string[],
  lifecycles: readonly string[],
): Page<RunRow> {
  const { text, values } = all([
    among('r.experiment', experimentIds.map(experimentNumber)),
    among('r.lifecycle', lifecycles),
    ...conditionsOf(search.filter).map(sqlOf),
  ]);
  const order = runOrder(search.orderBy);
  const offset = offsetIn(search.token);
  const rows = db.all<RunRow>(
    `SELECT r.* FROM runs r WHERE ${text} ORDER BY ${order.text} LIMIT ? OFFSET ?`,
    ...values,
    ...order.values,
    search.size + 1,
    offset,
  );
  return pageOf(rows, offset, search.size);
}
