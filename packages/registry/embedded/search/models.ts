import type { Database } from '../store/database.ts';
import type { ModelRow } from '../store/models.ts';
import { type Condition, conditionsOf } from './conditions.ts';
import { checkTextual, entityOf, tagKey } from './entities.ts';
import { checkDistinct, invalidKey, orderOf } from './order.ts';
import { offsetIn, type Page, pageOf } from './pages.ts';
import { noPrompt, promptsIn } from './prompts.ts';
import { all, comparison, type KeyTable, keyed, type Sql } from './sql.ts';

const TAGS: KeyTable = { table: 'model_tags', of: ['m.id'], by: ['model'], indexed: true };

function sqlOf(condition: Condition): Sql {
  if (entityOf(condition, ['name']) === 'tag') {
    checkTextual('tag', condition);
    return keyed(TAGS, tagKey(condition), condition);
  }
  checkTextual('attribute', condition, true);
  return comparison('m.name', condition);
}

const COLUMNS = new Map([
  ['name', 'm.name'],
  ['timestamp', 'm.updated'],
  ['last_updated_timestamp', 'm.updated'],
]);

function orderBy(clauses: readonly string[]): string {
  const orders = clauses.map((clause) => {
    const { entity, key, direction } = orderOf(clause);
    const column = entity === '' ? COLUMNS.get(key) : undefined;
    if (column === undefined) throw invalidKey(clause, ['name', 'timestamp']);
    return { column, direction };
  });
  checkDistinct(orders.map(({ column }) => column));
  const sorted = orders.map(({ column, direction }) => `${column} ${direction}`);
  return [...sorted, 'm.name ASC'].join(', ');
}

export interface Search {
  readonly filter: string;
  readonly orderBy: readonly string[];
  readonly size: number;
  readonly token: string | undefined;
}

export function searchModels(db: Database, search: Search): Page<ModelRow> {
  const { conditions, wanted } = promptsIn(conditionsOf(search.filter));
  const parts = conditions.map(sqlOf);
  const { text, values } = all(wanted ? parts : [...parts, noPrompt('model_tags', 'm.id')]);
  const offset = offsetIn(search.token);
  const rows = db.all<ModelRow>(
    `SELECT m.* FROM models m WHERE ${text} ORDER BY ${orderBy(search.orderBy)} LIMIT ? OFFSET ?`,
    ...values,
    search.size + 1,
    offset,
  );
  return pageOf(rows, offset, search.size);
}
