import { invalid } from '../refusal.ts';
import { checkDistinct, orderOf } from './order.ts';
import { type About, aboutRun, RUN_COLUMNS } from './run-entities.ts';
import type { Sql } from './sql.ts';

const TABLES = { metric: 'latest_metrics', parameter: 'params', tag: 'run_tags' } as const;

/** What runs are ordered by: first where what has no value goes, then the value. */
function columnsOf({ entity, key }: About): { readonly last: Sql; readonly value: Sql } {
  if (entity === 'dataset') throw invalid("Invalid identifier type 'dataset'");
  if (entity === 'attribute') {
    const column = RUN_COLUMNS.get(key) ?? '';
    return { last: { text: `${column} IS NULL`, values: [] }, value: { text: column, values: [] } };
  }
  const of = (what: string): Sql => ({
    text: `(SELECT ${what} FROM ${TABLES[entity]} k WHERE k.run = r.id AND k.key = ?)`,
    values: [key],
  });
  // Of metrics NaN comes after the numbers, and before those without any.
  return { last: of(entity === 'metric' ? 'k.is_nan' : '0'), value: of('k.value') };
}

export function runOrder(clauses: readonly string[]): Sql {
  const orders = clauses.map((clause) => {
    const { entity, key, direction } = orderOf(clause);
    return { about: aboutRun(entity, key), direction };
  });
  checkDistinct(
    orders.map(({ about: { entity, key } }) => `${entity} ${RUN_COLUMNS.get(key) ?? key}`),
  );
  const parts = orders.flatMap(({ about, direction }) => {
    const { last, value } = columnsOf(about);
    return [
      { text: `coalesce(${last.text}, 2)`, values: last.values },
      { text: `${value.text} ${direction}`, values: value.values },
    ];
  });
  return {
    text: [...parts.map(({ text }) => text), 'r.started DESC', 'r.run_id'].join(', '),
    values: parts.flatMap(({ values }) => values),
  };
}
