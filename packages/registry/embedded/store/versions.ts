import { quotable } from '@passmuster/core/quote.ts';
import { checkModelName } from '../checks/names.ts';
import { missing, Refusal } from '../refusal.ts';
import type { Database } from './database.ts';
import { modelNamed, touchModel } from './models.ts';
import { ACTIVE, DELETED, type Stage, stageOf } from './stages.ts';
import { checkTag, distinct, type Tag } from './tags.ts';

export interface VersionRow {
  readonly model: number;
  readonly name: string;
  readonly number: number;
  readonly created: number;
  readonly updated: number;
  readonly stage: string;
  readonly description: string | null;
  readonly source: string;
  /** Where the files are: of `models:/…` that of the version it was copied from. */
  readonly storage: string;
  readonly run_id: string | null;
  readonly run_link: string | null;
}

/** Everything of a version, with the name of its model. */
export const VERSION_COLUMNS = 'v.*, m.name AS name';

const ONE = `SELECT ${VERSION_COLUMNS} FROM models m JOIN versions v ON v.model = m.id`;

export function versionOf(db: Database, name: string, number: number): VersionRow {
  checkModelName(name);
  const sql = `${ONE} WHERE m.name = ? AND v.number = ? AND v.stage <> ?`;
  const row = Number.isSafeInteger(number)
    ? db.one<VersionRow>(sql, name, number, DELETED)
    : undefined;
  if (row) return row;
  throw missing(`Model Version (name=${quotable(name, 256)}, version=${number}) not found`);
}

export const highestVersion = (db: Database, model: number): VersionRow | undefined =>
  db.one<VersionRow>(
    `${ONE} WHERE m.id = ? AND v.stage <> ? ORDER BY v.number DESC LIMIT 1`,
    model,
    DELETED,
  );

/** The highest of a stage; the index has it without a look at the others. */
export const highestIn = (db: Database, model: number, stage: Stage): VersionRow | undefined =>
  db.one<VersionRow>(
    `${ONE} WHERE m.id = ? AND v.stage = ? ORDER BY v.number DESC LIMIT 1`,
    model,
    stage,
  );

export interface NewVersion {
  readonly name: string;
  readonly source: string;
  readonly storage: string;
  readonly runId: string;
  readonly runLink: string;
  readonly description: string;
  readonly tags: readonly Tag[];
}

/** Numbers go ever upward: that of a deleted version is not given again. */
export function createVersion(db: Database, version: NewVersion): VersionRow {
  for (const tag of version.tags) checkTag(tag);
  const { id } = modelNamed(db, version.name);
  const highest = db.one<{ readonly number: number | null }>(
    'SELECT max(number) AS number FROM versions WHERE model = ?',
    id,
  );
  const number = (highest?.number ?? 0) + 1;
  const now = Date.now();
  touchModel(db, id, now);
  db.run(
    'INSERT INTO versions (model, number, created, updated, stage, description, source, storage, ' +
      'run_id, run_link) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    id,
    number,
    now,
    now,
    'None',
    version.description,
    version.source,
    version.storage,
    version.runId,
    version.runLink,
  );
  const sql = 'INSERT INTO version_tags (model, number, key, value) VALUES (?, ?, ?, ?)';
  for (const { key, value } of distinct(version.tags)) db.run(sql, id, number, key, value);
  return versionOf(db, version.name, number);
}

/** Without a description it has none from now on: that is how MLflow's wire means it. */
export function describeVersion(
  db: Database,
  name: string,
  number: number,
  description: string | undefined,
): VersionRow {
  const { model } = versionOf(db, name, number);
  db.run(
    'UPDATE versions SET description = ?, updated = ? WHERE model = ? AND number = ?',
    description ?? null,
    Date.now(),
    model,
    number,
  );
  return versionOf(db, name, number);
}

/** Its number stays taken and its tags stay; its aliases go with it. */
export function deleteVersion(db: Database, name: string, number: number): void {
  const { model } = versionOf(db, name, number);
  const now = Date.now();
  db.run('DELETE FROM aliases WHERE model = ? AND number = ?', model, number);
  db.run(
    "UPDATE versions SET stage = ?, updated = ?, description = NULL, source = '', storage = '', " +
      'run_id = NULL, run_link = NULL WHERE model = ? AND number = ?',
    DELETED,
    now,
    model,
    number,
  );
  touchModel(db, model, now);
}

/**
 * Moves a version, and what else is in that stage out of it. The caller's transaction began as a
 * writer, so of two moves the second sees what the first did: a stage never keeps two by chance.
 */
export function moveToStage(
  db: Database,
  name: string,
  number: number,
  to: string,
  archiveOthers: boolean,
): VersionRow {
  const stage = stageOf(to);
  if (archiveOthers && !ACTIVE.includes(stage)) {
    throw new Refusal(
      'INTERNAL_ERROR',
      'Model version transition cannot archive existing model versions because ' +
        `'${quotable(to)}' is not an Active stage. Valid stages are ['Staging', 'Production']`,
    );
  }
  const { model } = versionOf(db, name, number);
  const now = Date.now();
  if (archiveOthers) {
    const sql =
      "UPDATE versions SET stage = 'Archived', updated = ? WHERE model = ? AND stage = ? AND number <> ?";
    db.run(sql, now, model, stage, number);
  }
  const sql = 'UPDATE versions SET stage = ?, updated = ? WHERE model = ? AND number = ?';
  db.run(sql, stage, now, model, number);
  touchModel(db, model, now);
  return versionOf(db, name, number);
}
