import { quotable } from '@passmuster/core/quote.ts';
import { checkSource, type Reference, referenceIn } from '../checks/source.ts';
import { invalid, missing } from '../refusal.ts';
import { aliased } from './aliases.ts';
import type { Database } from './database.ts';
import { modelNamed } from './models.ts';
import { findRun } from './runs.ts';
import { stageOf } from './stages.ts';
import { highestIn, highestVersion, type VersionRow, versionOf } from './versions.ts';

export interface Lineage {
  readonly source: string;
  readonly storage: string;
  readonly runId: string;
}

function referred(db: Database, { model, version = '', alias }: Reference): VersionRow {
  if (alias !== undefined) return aliased(db, model, alias);
  if (/^\d+$/.test(version)) return versionOf(db, model, Number(version));
  const { id } = modelNamed(db, model);
  const isLatest = version.toLowerCase() === 'latest';
  const row = isLatest ? highestVersion(db, id) : highestIn(db, id, stageOf(version));
  if (row) return row;
  throw missing(
    `No versions of model with name '${quotable(model)}' and stage '${quotable(version)}' found`,
  );
}

/** Where a new version comes from. What is copied from another one takes its run with it. */
export function lineageOf(db: Database, source: string, runId: string | undefined): Lineage {
  const reference = referenceIn(source);
  if (!reference) {
    checkSource(source, runId ?? '', (id) => findRun(db, id)?.artifact_uri);
    return { source, storage: source, runId: runId ?? '' };
  }
  const from = referred(db, reference);
  if (runId !== undefined && runId !== (from.run_id ?? '')) {
    throw invalid(
      `Invalid model version source: '${quotable(source, 200)}'. The run_id and model_id request ` +
        'parameters must match the referenced model version.',
    );
  }
  return {
    source: `models:/${from.name}/${from.number}`,
    storage: from.storage,
    runId: from.run_id ?? '',
  };
}
