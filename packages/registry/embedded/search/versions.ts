import type { Database } from '../store/database.ts';
import { DELETED } from '../store/stages.ts';
import { VERSION_COLUMNS, type VersionRow } from '../store/versions.ts';
import { type Condition, conditionsOf } from './conditions.ts';
import { checkTextual, entityOf, invalidAttribute, tagKey, wholeNumber } from './entities.ts';
import type { Search } from './models.ts';
import { checkDistinct, invalidKey, orderOf } from './order.ts';
import { offsetIn, type Page, pageOf } from './pages.ts';
import { noPrompt, promptsIn } from './prompts.ts';
import { all, comparison, countFound, type KeyTable, keyed, type Sql } from './sql.ts';

const ATTRIBUTES = ['name', 'version_number', 'run_id', 'source_path'];

const COLUMNS = new Map([
  ['name', 'm.name'],
  ['version_number', 'v.number'],
  ['creation_timestamp', 'v.created'],
  ['last_updated_timestamp', 'v.updated'],
]);

/** The name of the one model that can match, where the filter says so: then its id narrows every index. */
const oneModel = (conditions: readonly Condition[]): string | undefined =>
  conditions
    .filter(({ key, comparator }) => key === 'name' && comparator === '=')
    .map(({ entity, operand }) =>
      entity !== 'tags' && entity !== 'tag' && operand.kind === 'text' ? operand.value : undefined,
    )
    .find((name) => name !== undefined);

const tagsWithin = (model: number | undefined): KeyTable => ({
  table: 'version_tags',
  of: ['v.model', 'v.number'],
  by: ['model', 'number'],
  indexed: true,
  ...(model === undefined ? {} : { within: { text: 'k.model = ?', values: [model] } }),
});

function sqlOf(condition: Condition, tags: KeyTable): Sql {
  if (entityOf(condition, ATTRIBUTES) === 'tag') {
    checkTextual('tag', condition);
    return keyed(tags, tagKey(condition), condition);
  }
  const { key } = condition;
  if (key === 'version_number') return comparison('v.number', wholeNumber(key, condition));
  checkTextual('attribute', condition, key !== 'source_path');
  return comparison(
    key === 'name' ? 'm.name' : key === 'run_id' ? 'v.run_id' : 'v.source',
    condition,
  );
}

/**
 * Of several tags that must have a value, the one that fewest versions have: that one is looked
 * up, and of what it finds the others are asked. An open ticket among thousands is found so.
 */
function narrowest(
  db: Database,
  conditions: readonly Condition[],
  tags: KeyTable,
): Condition | undefined {
  const counted = conditions.flatMap((condition) => {
    const { entity, comparator, operand } = condition;
    if (!/^tags?$/.test(entity) || comparator !== '=' || operand.kind !== 'text') return [];
    const { text, values } = countFound(tags, tagKey(condition), operand.value);
    return [{ condition, n: db.one<{ readonly n: number }>(text, ...values)?.n ?? 0 }];
  });
  return counted.sort((a, b) => a.n - b.n)[0]?.condition;
}

function orderBy(clauses: readonly string[]): string {
  const orders = clauses.map((clause) => {
    const { entity, key, direction } = orderOf(clause);
    if (/^tags?$/.test(entity)) throw invalidKey(key, [...COLUMNS.keys()]);
    const column = entity === '' || entity === 'attribute' ? COLUMNS.get(key) : undefined;
    if (column === undefined) throw invalidAttribute(key, [...COLUMNS.keys()]);
    return { column, direction };
  });
  checkDistinct(orders.map(({ column }) => column));
  const sorted = orders.map(({ column, direction }) => `${column} ${direction}`);
  const first = sorted.length > 0 ? sorted : ['v.updated DESC'];
  return [...first, 'm.name ASC', 'v.number DESC'].join(', ');
}

export function searchVersions(db: Database, search: Search): Page<VersionRow> {
  const { conditions, wanted } = promptsIn(conditionsOf(search.filter));
  const name = oneModel(conditions);
  const model =
    name === undefined
      ? undefined
      : (db.one<{ readonly id: number }>('SELECT id FROM models WHERE name = ?', name)?.id ?? 0);
  const tags = tagsWithin(model);
  const first = narrowest(db, conditions, tags);
  const others = { ...tags, indexed: false };
  const parts: Sql[] = [
    { text: 'v.stage <> ?', values: [DELETED] },
    ...(model === undefined ? [] : [{ text: 'v.model = ?', values: [model] }]),
    ...conditions.map((one) => sqlOf(one, one === first ? tags : others)),
    ...(wanted ? [] : [noPrompt('version_tags', 'v.model')]),
  ];
  const { text, values } = all(parts);
  const offset = offsetIn(search.token);
  const rows = db.all<VersionRow>(
    `SELECT ${VERSION_COLUMNS} FROM versions v JOIN models m ON m.id = v.model ` +
      `WHERE ${text} ORDER BY ${orderBy(search.orderBy)} LIMIT ? OFFSET ?`,
    ...values,
    search.size + 1,
    offset,
  );
  return pageOf(rows, offset, search.size);
}
