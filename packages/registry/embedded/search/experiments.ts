import type { Database } from '../store/database.ts';
import { type ExperimentRow, experimentNumber } from '../store/experiments.ts';
import { type Condition, conditionsOf } from './conditions.ts';
import {
  checkTextual,
  entityOf,
  invalidAttribute,
  invalidComparator,
  tagKey,
  wholeNumber,
} from './entities.ts';
import type { Search } from './models.ts';
import { invalidKey, orderOf } from './order.ts';
import { offsetIn, type Page, pageOf } from './pages.ts';
import { all, comparison, type KeyTable, keyed, type Sql } from './sql.ts';

const COLUMNS = new Map([
  ['name', 'e.name'],
  ['experiment_id', 'e.id'],
  ['creation_time', 'e.created'],
  ['last_update_time', 'e.updated'],
]);

const ATTRIBUTES = [...COLUMNS.keys()];

const TAGS: KeyTable = {
  table: 'experiment_tags',
  of: ['e.id'],
  by: ['experiment'],
  indexed: false,
};

/** Ids are numbers, though they are written as texts. */
function idComparison(condition: Condition): Sql {
  const { comparator, operand } = condition;
  if (!['=', '!=', 'IN', 'NOT IN'].includes(comparator)) {
    throw invalidComparator('experiment_id', comparator);
  }
  const texts =
    operand.kind === 'list' ? operand.values : operand.kind === 'text' ? [operand.value] : [''];
  const ids = JSON.stringify(texts.map(experimentNumber));
  const negated = comparator === '!=' || comparator === 'NOT IN';
  return {
    text: `e.id ${negated ? 'NOT ' : ''}IN (SELECT value FROM json_each(?))`,
    values: [ids],
  };
}

function sqlOf(condition: Condition): Sql {
  if (entityOf(condition, ATTRIBUTES) === 'tag') {
    if (condition.operand.kind !== 'none') checkTextual('tag', condition);
    return keyed(TAGS, tagKey(condition), condition);
  }
  const { key } = condition;
  if (key === 'experiment_id') return idComparison(condition);
  if (key === 'name') {
    checkTextual('string attribute', condition);
    return comparison('e.name', condition);
  }
  return comparison(COLUMNS.get(key) ?? '', wholeNumber(key, condition));
}

function orderBy(clauses: readonly string[]): string {
  const sorted = clauses.map((clause) => {
    const { entity, key, direction } = orderOf(clause);
    if (/^tags?$/.test(entity)) throw invalidKey(key, ATTRIBUTES);
    const column = entity === '' || entity === 'attribute' ? COLUMNS.get(key) : undefined;
    if (column === undefined) throw invalidAttribute(key, ATTRIBUTES);
    return `${column} ${direction}`;
  });
  const first = sorted.length > 0 ? sorted : ['e.created DESC', 'e.id ASC'];
  return [...first, 'e.id DESC'].join(', ');
}

export function searchExperiments(
  db: Database,
  search: Search,
  lifecycles: readonly string[],
): Page<ExperimentRow> {
  const { text, values } = all([
    {
      text: 'e.lifecycle IN (SELECT value FROM json_each(?))',
      values: [JSON.stringify(lifecycles)],
    },
    ...conditionsOf(search.filter).map(sqlOf),
  ]);
  const offset = offsetIn(search.token);
  const rows = db.all<ExperimentRow>(
    `SELECT e.* FROM experiments e WHERE ${text} ORDER BY ${orderBy(search.orderBy)} LIMIT ? OFFSET ?`,
    ...values,
    search.size + 1,
    offset,
  );
  return pageOf(rows, offset, search.size);
}
