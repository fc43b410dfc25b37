import type { Tags } from '@passmuster/core/registry/entities.ts';
import type { ModelQuery, VersionQuery } from '@passmuster/core/registry/registry.ts';

/** A filter as MLflow reads it. */
export interface Filter {
  /** Empty when everything is wanted. */
  readonly text: string;
  /** Whether the server gives nothing but what is wanted; otherwise the rest is told apart here. */
  readonly exact: boolean;
}

interface Condition {
  readonly text?: string;
  readonly exact: boolean;
}

/** No condition at all; what it should have said is told apart here. */
const LEFT_OUT: Condition = { exact: false };

/** MLflow knows no escape: the other kind of quote is the only way. */
export function quoted(value: string): string | undefined {
  // Before the closing quote of several conditions its parser takes a backslash as an escape.
  if (value.endsWith('\\')) return undefined;
  if (!value.includes("'")) return `'${value}'`;
  return value.includes('"') ? undefined : `"${value}"`;
}

/** Every character that no quotes can hold, or that some database takes as an escape, as "any one". */
const pattern = (value: string): string => `'${value.replaceAll(/['\\]/g, '_')}'`;

function equals(column: string, value: string): Condition {
  const literal = quoted(value);
  if (literal === undefined) return { text: `${column} LIKE ${pattern(value)}`, exact: false };
  return { text: `${column} = ${literal}`, exact: true };
}

/** Without backticks a key with a dot, a blank or a word of SQL reads as something else. */
function tag(key: string, value: string): Condition {
  if (key === '' || key.includes('`')) return LEFT_OUT;
  return equals(`tags.\`${key}\``, value);
}

const tagConditions = (tags: Tags = new Map()): Condition[] =>
  Array.from(tags, ([key, value]) => tag(key, value));

const all = (conditions: readonly Condition[]): Filter => ({
  text: conditions.flatMap(({ text }) => (text === undefined ? [] : [text])).join(' AND '),
  exact: conditions.every(({ exact }) => exact),
});

export const versionFilter = ({ model, runId, tags }: VersionQuery): Filter =>
  all([
    ...(model === undefined ? [] : [equals('name', model)]),
    ...(runId === undefined ? [] : [equals('run_id', runId)]),
    ...tagConditions(tags),
  ]);

export const modelFilter = ({ nameLike, tags }: ModelQuery): Filter =>
  all([...(nameLike === undefined ? [] : [like(nameLike)]), ...tagConditions(tags)]);

/** The server takes `_` as a wildcard too, and has no way not to. */
const like = (nameLike: string): Condition => ({
  text: `name LIKE ${pattern(nameLike)}`,
  exact: !/['\\_]/.test(nameLike),
});

/** Whether a name is like a pattern in which `%` stands for anything. */
export function isLike(name: string, nameLike: string): boolean {
  const parts = nameLike.split('%');
  const first = parts.shift() ?? '';
  const last = parts.pop();
  if (last === undefined) return name === first;
  if (name.length < first.length + last.length) return false;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  const end = name.length - last.length;
  let at = first.length;
  for (const part of parts) {
    const next = name.indexOf(part, at);
    if (next < 0 || next + part.length > end) return false;
    at = next + part.length;
  }
  return true;
}

export const hasTags = (tags: Tags, wanted: Tags = new Map()): boolean =>
  wanted.entries().every(([key, value]) => tags.get(key) === value);
