import { quotable } from '@passmuster/core/quote.ts';
import { checkKey, tooLong } from '../checks/names.ts';
import { hosted, isHosted } from '../checks/source.ts';
import { uriOf } from '../checks/uris.ts';
import { invalid, missing, Refusal } from '../refusal.ts';
import type { Database } from './database.ts';
import { distinct, type Tag } from './tags.ts';

export interface ExperimentRow {
  readonly id: number;
  readonly name: string;
  readonly artifact_location: string;
  readonly lifecycle: 'active' | 'deleted';
  readonly created: number;
  readonly updated: number;
}

const LONGEST_NAME = 500;
const LONGEST_VALUE = 20_000;
const LONGEST_LOCATION = 2048;

const exists = (name: string): Refusal =>
  new Refusal('RESOURCE_ALREADY_EXISTS', `Experiment(name=${quotable(name)}) already exists.`);

function checkTag({ key, value }: Tag): void {
  checkKey(key);
  if (value.length > LONGEST_VALUE) throw tooLong('value', LONGEST_VALUE);
}

function checkLocation(location: string): void {
  const uri = uriOf(location);
  if (isHosted(uri)) throw hosted('artifact_location', uri.scheme);
  if (uri.scheme === 'runs') throw invalid('Artifact location cannot be a runs:/ URI.');
  if (location.length > LONGEST_LOCATION) throw tooLong('artifact_location', LONGEST_LOCATION);
}

/** An id as it stands in a request. */
export function experimentNumber(id: string): number {
  if (/^\s*[+-]?\d+\s*$/.test(id)) return Number(id);
  throw invalid(`Invalid experiment ID '${quotable(id)}'. Experiment ID must be a valid integer.`);
}

export function experimentOf(db: Database, id: string): ExperimentRow {
  const number = experimentNumber(id);
  const row = Number.isSafeInteger(number)
    ? db.one<ExperimentRow>('SELECT * FROM experiments WHERE id = ?', number)
    : undefined;
  if (row) return row;
  throw missing(`No Experiment with id=${number} exists`);
}

function inState(db: Database, id: string, lifecycle: 'active' | 'deleted'): ExperimentRow {
  const row = experimentOf(db, id);
  if (row.lifecycle === lifecycle) return row;
  throw missing(`No Experiment with id=${row.id} exists that is ${lifecycle}`);
}

export function activeExperiment(db: Database, id: string): ExperimentRow {
  const row = experimentOf(db, id);
  if (row.lifecycle === 'active') return row;
  throw invalid(
    `The experiment ${row.id} must be in the 'active' state. Current state is ${row.lifecycle}.`,
  );
}

export function experimentNamed(db: Database, name: string): ExperimentRow {
  const row = db.one<ExperimentRow>('SELECT * FROM experiments WHERE name = ?', name);
  if (row) return row;
  throw missing(`Could not find experiment with name '${quotable(name, LONGEST_NAME)}'`);
}

const isTaken = (db: Database, name: string): boolean =>
  db.one('SELECT 1 FROM experiments WHERE name = ?', name) !== undefined;

export function createExperiment(
  db: Database,
  name: string,
  location: string,
  tags: readonly Tag[],
): number {
  if (name.length > LONGEST_NAME) throw tooLong('name', LONGEST_NAME);
  checkLocation(location);
  for (const tag of tags) checkTag(tag);
  if (isTaken(db, name)) throw exists(name);
  const now = Date.now();
  const id = db.insert(
    'INSERT INTO experiments (name, artifact_location, lifecycle, created, updated) ' +
      "VALUES (?, ?, 'active', ?, ?)",
    name,
    location,
    now,
    now,
  );
  if (location === '') {
    const sql = 'UPDATE experiments SET artifact_location = ? WHERE id = ?';
    db.run(sql, `mlflow-artifacts:/${id}`, id);
  }
  for (const tag of distinct(tags)) setTag(db, id, tag);
  return id;
}

export function renameExperiment(db: Database, id: string, name: string): void {
  const row = experimentOf(db, id);
  if (name.length > LONGEST_NAME) throw tooLong('name', LONGEST_NAME);
  if (row.lifecycle !== 'active') {
    throw new Refusal('INVALID_STATE', 'Cannot rename a non-active experiment.');
  }
  if (name !== row.name && isTaken(db, name)) throw exists(name);
  db.run('UPDATE experiments SET name = ?, updated = ? WHERE id = ?', name, Date.now(), row.id);
}

/** Its runs go with it, and come back with it. */
function moveExperiment(db: Database, id: number, lifecycle: 'active' | 'deleted'): void {
  const sql = 'UPDATE experiments SET lifecycle = ?, updated = ? WHERE id = ?';
  db.run(sql, lifecycle, Date.now(), id);
  db.run('UPDATE runs SET lifecycle = ? WHERE experiment = ?', lifecycle, id);
}

export const deleteExperiment = (db: Database, id: string): void =>
  moveExperiment(db, inState(db, id, 'active').id, 'deleted');

export const restoreExperiment = (db: Database, id: string): void =>
  moveExperiment(db, inState(db, id, 'deleted').id, 'active');

export const experimentTags = (db: Database, id: number): Tag[] =>
  db.all<Tag>('SELECT key, value FROM experiment_tags WHERE experiment = ? ORDER BY rowid', id);

function setTag(db: Database, id: number, { key, value }: Tag): void {
  const sql =
    'INSERT INTO experiment_tags (experiment, key, value) VALUES (?, ?, ?) ' +
    'ON CONFLICT (experiment, key) DO UPDATE SET value = excluded.value';
  db.run(sql, id, key, value);
}

export function tagExperiment(db: Database, id: string, tag: Tag): void {
  checkTag(tag);
  setTag(db, activeExperiment(db, id).id, tag);
}

export function untagExperiment(db: Database, id: string, key: string): void {
  const row = activeExperiment(db, id);
  const sql = 'DELETE FROM experiment_tags WHERE experiment = ? AND key = ?';
  if (db.run(sql, row.id, key) > 0) return;
  throw missing(`No tag with name: ${quotable(key)} in experiment with id ${row.id}`);
}
