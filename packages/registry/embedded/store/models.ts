import { quotable } from '@passmuster/core/quote.ts';
import { checkKey, checkModelName } from '../checks/names.ts';
import { missing, Refusal } from '../refusal.ts';
import type { Database } from './database.ts';
import { checkTag, distinct, type Tag } from './tags.ts';

export interface ModelRow {
  readonly id: number;
  readonly name: string;
  readonly created: number;
  readonly updated: number;
  readonly description: string | null;
}

const exists = (name: string): Refusal =>
  new Refusal(
    'RESOURCE_ALREADY_EXISTS',
    `Registered Model (name=${quotable(name, 256)}) already exists.`,
  );

/** The model of that name; a refusal when there is none. */
export function modelNamed(db: Database, name: string): ModelRow {
  checkModelName(name);
  const row = db.one<ModelRow>('SELECT * FROM models WHERE name = ?', name);
  if (row) return row;
  throw missing(`Registered Model with name=${quotable(name, 256)} not found`);
}

const isTaken = (db: Database, name: string): boolean =>
  db.one('SELECT 1 FROM models WHERE name = ?', name) !== undefined;

export interface NewModel {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly Tag[];
}

export function createModel(db: Database, { name, description, tags }: NewModel): ModelRow {
  checkModelName(name);
  for (const tag of tags) checkTag(tag);
  if (isTaken(db, name)) throw exists(name);
  const now = Date.now();
  const id = db.insert(
    'INSERT INTO models (name, created, updated, description) VALUES (?, ?, ?, ?)',
    name,
    now,
    now,
    description,
  );
  for (const { key, value } of distinct(tags)) {
    db.run('INSERT INTO model_tags (model, key, value) VALUES (?, ?, ?)', id, key, value);
  }
  return { id, name, created: now, updated: now, description };
}

export function describeModel(db: Database, name: string, description: string): ModelRow {
  const { id } = modelNamed(db, name);
  const sql = 'UPDATE models SET description = ?, updated = ? WHERE id = ?';
  db.run(sql, description, Date.now(), id);
  return modelNamed(db, name);
}

export function touchModel(db: Database, id: number, now: number): void {
  db.run('UPDATE models SET updated = ? WHERE id = ?', now, id);
}

/** Its versions go with it, and count as changed. */
export function renameModel(db: Database, name: string, to: string): ModelRow {
  checkModelName(to, 'new_name');
  const { id } = modelNamed(db, name);
  if (to !== name && isTaken(db, to)) throw exists(to);
  const now = Date.now();
  db.run('UPDATE models SET name = ?, updated = ? WHERE id = ?', to, now, id);
  db.run('UPDATE versions SET updated = ? WHERE model = ?', now, id);
  return modelNamed(db, to);
}

/** With all that belongs to it; a new one of that name begins at version 1. */
export function deleteModel(db: Database, name: string): void {
  const { id } = modelNamed(db, name);
  // From the outside in: the other way each row would look for those that point at it.
  db.run('DELETE FROM aliases WHERE model = ?', id);
  db.run('DELETE FROM version_tags WHERE model = ?', id);
  db.run('DELETE FROM versions WHERE model = ?', id);
  db.run('DELETE FROM models WHERE id = ?', id);
}

export const modelTags = (db: Database, id: number): Tag[] =>
  db.all<Tag>('SELECT key, value FROM model_tags WHERE model = ? ORDER BY rowid', id);

export function tagModel(db: Database, name: string, tag: Tag): void {
  checkTag(tag);
  const { id } = modelNamed(db, name);
  const sql =
    'INSERT INTO model_tags (model, key, value) VALUES (?, ?, ?) ' +
    'ON CONFLICT (model, key) DO UPDATE SET value = excluded.value';
  db.run(sql, id, tag.key, tag.value);
}

export function untagModel(db: Database, name: string, key: string): void {
  checkKey(key);
  const { id } = modelNamed(db, name);
  db.run('DELETE FROM model_tags WHERE model = ? AND key = ?', id, key);
}
