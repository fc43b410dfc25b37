import { quotable } from '@passmuster/core/quote.ts';
import { checkAlias, checkUnreserved, isLatest, versionNumber } from '../checks/names.ts';
import { invalid, missing } from '../refusal.ts';
import type { Database } from './database.ts';
import { modelNamed } from './models.ts';
import { highestVersion, type VersionRow, versionOf } from './versions.ts';

interface AliasRow {
  readonly alias: string;
  readonly number: number;
}

export const aliasesOf = (db: Database, model: number): AliasRow[] =>
  db.all<AliasRow>('SELECT alias, number FROM aliases WHERE model = ? ORDER BY alias', model);

export const aliasesAt = (db: Database, model: number, number: number): string[] =>
  db
    .all<AliasRow>(
      'SELECT alias FROM aliases WHERE model = ? AND number = ? ORDER BY alias',
      model,
      number,
    )
    .map(({ alias }) => alias);

/** Sets or moves it, whatever stood there. */
export function setAlias(db: Database, name: string, alias: string, version: string): void {
  checkAlias(alias);
  checkUnreserved(alias);
  const { model, number } = versionOf(db, name, versionNumber(version));
  const sql =
    'INSERT INTO aliases (model, alias, number) VALUES (?, ?, ?) ' +
    'ON CONFLICT (model, alias) DO UPDATE SET number = excluded.number';
  db.run(sql, model, alias, number);
}

/** Done, too, when there was none. */
export function removeAlias(db: Database, name: string, alias: string): void {
  checkAlias(alias);
  const { id } = modelNamed(db, name);
  db.run('DELETE FROM aliases WHERE model = ? AND alias = ?', id, alias);
}

/** `latest` is the highest version, whatever its stage. */
export function aliased(db: Database, name: string, alias: string): VersionRow {
  checkAlias(alias);
  const { id } = modelNamed(db, name);
  if (isLatest(alias)) {
    const latest = highestVersion(db, id);
    if (latest) return latest;
    throw missing(`Latest version not found for model ${quotable(name, 256)}.`);
  }
  const sql = 'SELECT number FROM aliases WHERE model = ? AND alias = ?';
  const row = db.one<AliasRow>(sql, id, alias);
  if (row) return versionOf(db, name, row.number);
  throw invalid(`Registered model alias ${alias} not found.`);
}
