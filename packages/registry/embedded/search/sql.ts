import { INDEXED_START } from '../store/schema.ts';
import type { Condition } from './conditions.ts';

/** A piece of SQL with the values that belong to its question marks; texts never get in any other way. */
export interface Sql {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

export const all = (parts: readonly Sql[]): Sql => ({
  text: parts.map(({ text }) => `(${text})`).join(' AND ') || 'TRUE',
  values: parts.flatMap(({ values }) => values),
});

const PLAIN = new Set(['=', '!=', '<', '<=', '>', '>=']);

/** A column compared; which comparators make sense for it, the caller has checked. */
export function comparison(column: string, { comparator, operand }: Condition): Sql {
  if (operand.kind === 'list') {
    // One value for them all, however many there are.
    const text = `${column} ${comparator} (SELECT value FROM json_each(?))`;
    return { text, values: [JSON.stringify(operand.values)] };
  }
  if (operand.kind === 'none') return { text: `${column} ${comparator}`, values: [] };
  if (comparator === 'LIKE') return { text: `is_like(${column}, ?)`, values: [operand.value] };
  if (comparator === 'ILIKE') return { text: `is_alike(${column}, ?)`, values: [operand.value] };
  if (!PLAIN.has(comparator)) throw new Error(`${comparator} is no comparator`);
  return { text: `${column} ${comparator} ?`, values: [operand.value] };
}

/** Where keys and values lie, and how they belong to what is searched for. */
export interface KeyTable {
  readonly table: string;
  /** Columns of what is searched for, and those of the table that point at it. */
  readonly of: readonly string[];
  readonly by: readonly string[];
  /** Holds for every row that matters, where something is known about them. */
  readonly within?: Sql;
  /** Whether an index has keys with the beginnings of values. */
  readonly indexed: boolean;
}

const START = `substr(k.value, 1, ${INDEXED_START}) = substr(?, 1, ${INDEXED_START})`;

/** All rows that have this key with this value, found by the index and not one by one. */
function found(keys: KeyTable, key: string, value: string): Sql {
  const { table, of, by, within } = keys;
  const own = by.map((column) => `k.${column}`).join(', ');
  const also = within ? ` AND ${within.text}` : '';
  const rows = `SELECT ${own} FROM ${table} k WHERE k.key = ? AND ${START} AND k.value = ?${also}`;
  return {
    text: `(${of.join(', ')}) IN (${rows})`,
    values: [key, value, value, ...(within?.values ?? [])],
  };
}

/** More are not counted: by then another way is the better one. */
const COUNTED = 1000;

/** How many rows have a key with values that begin so; at most as many as are counted. */
export function countFound({ table, within }: KeyTable, key: string, value: string): Sql {
  const also = within ? ` AND ${within.text}` : '';
  const rows = `SELECT 1 FROM ${table} k WHERE k.key = ? AND ${START}${also} LIMIT ${COUNTED}`;
  return {
    text: `SELECT count(*) AS n FROM (${rows})`,
    values: [key, value, ...(within?.values ?? [])],
  };
}

/** Whether a row has a key whose value compares so. One without the key never does, not even by `!=`. */
export function keyed(keys: KeyTable, key: string, condition: Condition): Sql {
  const { comparator, operand } = condition;
  if (keys.indexed && comparator === '=' && operand.kind === 'text') {
    return found(keys, key, operand.value);
  }
  const joined = keys.of.map((column, index) => `k.${keys.by[index]} = ${column}`).join(' AND ');
  const own = `SELECT 1 FROM ${keys.table} k WHERE ${joined} AND k.key = ?`;
  if (operand.kind === 'none') {
    return { text: `${comparator === 'IS NULL' ? 'NOT ' : ''}EXISTS (${own})`, values: [key] };
  }
  const compared = comparison('k.value', condition);
  return { text: `EXISTS (${own} AND ${compared.text})`, values: [key, ...compared.values] };
}
