import { checkKey } from '../checks/names.ts';
import type { Database } from './database.ts';
import { checkTag, type Tag } from './tags.ts';
import { versionOf } from './versions.ts';

export const versionTags = (db: Database, model: number, number: number): Tag[] =>
  db.all<Tag>(
    'SELECT key, value FROM version_tags WHERE model = ? AND number = ? ORDER BY rowid',
    model,
    number,
  );

export function tagVersion(db: Database, name: string, number: number, tag: Tag): void {
  checkTag(tag);
  const { model } = versionOf(db, name, number);
  const sql =
    'INSERT INTO version_tags (model, number, key, value) VALUES (?, ?, ?, ?) ' +
    'ON CONFLICT (model, number, key) DO UPDATE SET value = excluded.value';
  db.run(sql, model, number, tag.key, tag.value);
}

/** Done, too, when there was none. */
export function untagVersion(db: Database, name: string, number: number, key: string): void {
  checkKey(key);
  const { model } = versionOf(db, name, number);
  db.run('DELETE FROM version_tags WHERE model = ? AND number = ? AND key = ?', model, number, key);
}
