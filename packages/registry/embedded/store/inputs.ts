import { tooLong } from '../checks/names.ts';
import type { Database } from './database.ts';
import type { RunRow } from './runs.ts';
import { distinct, type Tag } from './tags.ts';

export interface NewDataset {
  readonly name: string;
  readonly digest: string;
  readonly source_type: string;
  readonly source: string;
  readonly schema: string | undefined;
  readonly profile: string | undefined;
}

export interface NewInput {
  readonly dataset: NewDataset;
  readonly tags: readonly Tag[];
}

export interface DatasetRow {
  readonly input: number;
  readonly name: string;
  readonly digest: string;
  readonly source_type: string;
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
}

const LONGEST = {
  name: 500,
  digest: 36,
  source: 65_535,
  schema: 1_048_575,
  profile: 16_777_215,
};
const LONGEST_TAG = { key: 255, value: 500 };

function checkLengths(
  fields: Readonly<Record<string, string | undefined>>,
  limits: Readonly<Record<string, number>>,
): void {
  for (const [name, limit] of Object.entries(limits)) {
    if ((fields[name]?.length ?? 0) > limit) throw tooLong(name, limit);
  }
}

export function checkInput({ dataset, tags }: NewInput): void {
  checkLengths({ ...dataset }, LONGEST);
  for (const tag of tags) checkLengths({ ...tag }, LONGEST_TAG);
}

/** Datasets of one name and digest are one within an experiment; the first to log it describes it. */
function datasetId(db: Database, experiment: number, dataset: NewDataset): number {
  const known = db.one<{ readonly id: number }>(
    'SELECT id FROM datasets WHERE experiment = ? AND name = ? AND digest = ?',
    experiment,
    dataset.name,
    dataset.digest,
  );
  if (known) return known.id;
  return db.insert(
    'INSERT INTO datasets (experiment, name, digest, source_type, source, schema, profile) ' +
      'VALUES (?, ?, ?, ?, ?, ?, ?)',
    experiment,
    dataset.name,
    dataset.digest,
    dataset.source_type,
    dataset.source,
    dataset.schema ?? null,
    dataset.profile ?? null,
  );
}

/** Logged again it stays as it is, with its tags. */
export function logInput(db: Database, run: RunRow, { dataset, tags }: NewInput): void {
  const id = datasetId(db, run.experiment, dataset);
  const sql = 'SELECT id FROM inputs WHERE run = ? AND dataset = ?';
  if (db.one(sql, run.id, id)) return;
  const input = db.insert('INSERT INTO inputs (run, dataset) VALUES (?, ?)', run.id, id);
  for (const { key, value } of distinct(tags)) {
    db.run('INSERT INTO input_tags (input, key, value) VALUES (?, ?, ?)', input, key, value);
  }
}

export const datasetsOf = (db: Database, run: number): DatasetRow[] =>
  db.all<DatasetRow>(
    'SELECT i.id AS input, d.* FROM inputs i JOIN datasets d ON d.id = i.dataset ' +
      'WHERE i.run = ? ORDER BY i.id',
    run,
  );

export const inputTags = (db: Database, input: number): Tag[] =>
  db.all<Tag>('SELECT key, value FROM input_tags WHERE input = ? ORDER BY rowid', input);
