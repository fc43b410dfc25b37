import { aliasesAt, aliasesOf } from '../store/aliases.ts';
import type { Database } from '../store/database.ts';
import { type ExperimentRow, experimentTags } from '../store/experiments.ts';
import { datasetsOf, inputTags } from '../store/inputs.ts';
import { latestMetrics, type MetricRow } from '../store/metrics.ts';
import { type ModelRow, modelTags } from '../store/models.ts';
import { type RunRow, runParams, runTags } from '../store/runs.ts';
import { ALL_STAGES } from '../store/stages.ts';
import { versionTags } from '../store/version-tags.ts';
import { highestIn, type VersionRow } from '../store/versions.ts';

/** An empty list is not sent at all. */
const some = <Name extends string, Item>(name: Name, items: readonly Item[]): object =>
  items.length > 0 ? { [name]: items } : {};

const given = (name: string, value: string | number | null): object =>
  value === null ? {} : { [name]: value };

/** As searches have it. */
export const versionShape = (db: Database, row: VersionRow): object => ({
  name: row.name,
  version: String(row.number),
  creation_timestamp: row.created,
  last_updated_timestamp: row.updated,
  current_stage: row.stage,
  ...given('description', row.description),
  source: row.source,
  ...given('run_id', row.run_id),
  status: 'READY',
  ...some('tags', versionTags(db, row.model, row.number)),
  ...given('run_link', row.run_link),
});

/** As every other answer has it. */
export const versionWithAliases = (db: Database, row: VersionRow): object => ({
  ...versionShape(db, row),
  ...some('aliases', aliasesAt(db, row.model, row.number)),
});

/** The highest version of each stage that has one, in the order of the stages' names. */
export const latestVersions = (db: Database, model: number): VersionRow[] =>
  [...ALL_STAGES].sort().flatMap((stage) => highestIn(db, model, stage) ?? []);

export const modelShape = (db: Database, row: ModelRow): object => ({
  name: row.name,
  creation_timestamp: row.created,
  last_updated_timestamp: row.updated,
  ...(row.description ? { description: row.description } : {}),
  ...some(
    'latest_versions',
    latestVersions(db, row.id).map((version) => versionShape(db, version)),
  ),
  ...some('tags', modelTags(db, row.id)),
  ...some(
    'aliases',
    aliasesOf(db, row.id).map(({ alias, number }) => ({ alias, version: String(number) })),
  ),
});

export const experimentShape = (db: Database, row: ExperimentRow): object => ({
  experiment_id: String(row.id),
  name: row.name,
  artifact_location: row.artifact_location,
  lifecycle_stage: row.lifecycle,
  last_update_time: row.updated,
  creation_time: row.created,
  ...some('tags', experimentTags(db, row.id)),
  workspace: 'default',
});

export const runInfo = (row: RunRow): object => ({
  run_uuid: row.run_id,
  experiment_id: String(row.experiment),
  run_name: row.name,
  user_id: row.user_id,
  status: row.status,
  start_time: row.started,
  ...(row.ended ? { end_time: row.ended } : {}),
  artifact_uri: row.artifact_uri,
  lifecycle_stage: row.lifecycle,
  run_id: row.run_id,
});

export const metricShape = ({ key, value, timestamp, step, is_nan }: MetricRow): object => ({
  key,
  value: is_nan ? 'NaN' : value,
  timestamp,
  step,
});

const inputsShape = (db: Database, run: number): object =>
  some(
    'dataset_inputs',
    datasetsOf(db, run).map((row) => ({
      ...some('tags', inputTags(db, row.input)),
      dataset: {
        name: row.name,
        digest: row.digest,
        source_type: row.source_type,
        source: row.source,
        ...given('schema', row.schema),
        ...given('profile', row.profile),
      },
    })),
  );

export const runShape = (db: Database, row: RunRow): object => ({
  info: runInfo(row),
  data: {
    ...some('metrics', latestMetrics(db, row.id).map(metricShape)),
    ...some('params', runParams(db, row.id)),
    ...some('tags', runTags(db, row.id)),
  },
  inputs: inputsShape(db, row.id),
  outputs: {},
});
