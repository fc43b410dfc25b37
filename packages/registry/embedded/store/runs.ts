import { randomUUID } from 'node:crypto';
import { quotable } from '@passmuster/core/quote.ts';
import { checkKey } from '../checks/names.ts';
import { invalid, missing } from '../refusal.ts';
import type { Database } from './database.ts';
import { activeExperiment } from './experiments.ts';
import { runName } from './run-names.ts';
import { distinct, type Tag } from './tags.ts';

export interface RunRow {
  readonly id: number;
  readonly run_id: string;
  readonly experiment: number;
  readonly name: string;
  readonly user_id: string;
  readonly status: string;
  readonly started: number;
  readonly ended: number | null;
  readonly artifact_uri: string;
  readonly lifecycle: 'active' | 'deleted';
}

/** MLflow cuts what is longer, and says so in its log only. */
const LONGEST_TAG = 8000;
const LONGEST_PARAM = 6000;

const NAME_TAG = 'mlflow.runName';

export const findRun = (db: Database, id: string): RunRow | undefined =>
  db.one<RunRow>('SELECT * FROM runs WHERE run_id = ?', id);

export function runOf(db: Database, id: string): RunRow {
  const row = findRun(db, id);
  if (row) return row;
  throw missing(`Run with id=${quotable(id)} not found`);
}

/** One that may still be written. */
export function activeRun(db: Database, id: string): RunRow {
  const row = runOf(db, id);
  if (row.lifecycle === 'active') return row;
  throw invalid(
    `The run ${row.run_id} must be in the 'active' state. Current state is ${row.lifecycle}.`,
  );
}

export interface NewRun {
  readonly experimentId: string;
  readonly name: string;
  readonly userId: string;
  readonly started: number;
  readonly tags: readonly Tag[];
}

export function createRun(db: Database, run: NewRun): RunRow {
  const experiment = activeExperiment(db, run.experimentId);
  for (const { key } of run.tags) checkKey(key);
  const tagged = run.tags.find(({ key }) => key === NAME_TAG)?.value;
  if (run.name && tagged && run.name !== tagged) {
    throw invalid(
      `Both 'run_name' argument and '${NAME_TAG}' tag are specified, but with different values ` +
        `(run_name='${quotable(run.name)}', ${NAME_TAG}='${quotable(tagged)}').`,
    );
  }
  const name = run.name || tagged || runName();
  const runId = randomUUID().replaceAll('-', '');
  const id = db.insert(
    'INSERT INTO runs (run_id, experiment, name, user_id, status, started, artifact_uri, lifecycle) ' +
      "VALUES (?, ?, ?, ?, 'RUNNING', ?, ?, 'active')",
    runId,
    experiment.id,
    name,
    run.userId,
    run.started,
    `${experiment.artifact_location.replace(/\/$/, '')}/${runId}/artifacts`,
  );
  for (const tag of distinct([...run.tags, { key: NAME_TAG, value: name }])) setTag(db, id, tag);
  return runOf(db, runId);
}

export interface RunChange {
  readonly status: string | undefined;
  readonly ended: number | undefined;
  readonly name: string | undefined;
}

export function updateRun(db: Database, runId: string, change: RunChange): RunRow {
  const { id, status, ended, name } = activeRun(db, runId);
  db.run(
    'UPDATE runs SET status = ?, ended = ?, name = ? WHERE id = ?',
    change.status ?? status,
    change.ended ?? ended,
    change.name || name,
    id,
  );
  if (change.name) setTag(db, id, { key: NAME_TAG, value: change.name });
  return runOf(db, runId);
}

export function moveRun(db: Database, runId: string, lifecycle: 'active' | 'deleted'): void {
  const { id } = runOf(db, runId);
  db.run('UPDATE runs SET lifecycle = ? WHERE id = ?', lifecycle, id);
}

export const runTags = (db: Database, id: number): Tag[] =>
  db.all<Tag>('SELECT key, value FROM run_tags WHERE run = ? ORDER BY rowid', id);

function setTag(db: Database, id: number, { key, value }: Tag): void {
  const sql =
    'INSERT INTO run_tags (run, key, value) VALUES (?, ?, ?) ' +
    'ON CONFLICT (run, key) DO UPDATE SET value = excluded.value';
  db.run(sql, id, key, value.slice(0, LONGEST_TAG));
}

/** The name of a run is a tag of it, too. */
export function tagRun(db: Database, { id }: RunRow, tag: Tag): void {
  setTag(db, id, tag);
  if (tag.key === NAME_TAG && tag.value) {
    db.run('UPDATE runs SET name = ? WHERE id = ?', tag.value, id);
  }
}

export function untagRun(db: Database, runId: string, key: string): void {
  const { id } = activeRun(db, runId);
  if (db.run('DELETE FROM run_tags WHERE run = ? AND key = ?', id, key) > 0) return;
  throw missing(`No tag with name: ${quotable(key)} in run with id ${quotable(runId)}`);
}

export const runParams = (db: Database, id: number): Tag[] =>
  db.all<Tag>('SELECT key, value FROM params WHERE run = ? ORDER BY rowid', id);

/** What was logged once stays; the same value again is no change. */
export function logParam(db: Database, run: RunRow, param: Tag): void {
  const value = param.value.slice(0, LONGEST_PARAM);
  const sql = 'INSERT INTO params (run, key, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
  if (db.run(sql, run.id, param.key, value) > 0) return;
  const known = db.one<Tag>(
    'SELECT key, value FROM params WHERE run = ? AND key = ?',
    run.id,
    param.key,
  );
  if (known?.value === value) return;
  throw invalid(
    `Changing param values is not allowed. Param with key='${quotable(param.key)}' was already ` +
      `logged with value='${quotable(known?.value ?? '')}' for run ID='${run.run_id}'. ` +
      `Attempted logging new value '${quotable(value)}'.`,
  );
}
