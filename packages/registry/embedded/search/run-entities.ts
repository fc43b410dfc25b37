import { quotable } from '@passmuster/core/quote.ts';
import { invalid, type Refusal } from '../refusal.ts';
import { bare } from './tokens.ts';

export type RunEntity = 'metric' | 'parameter' | 'tag' | 'attribute' | 'dataset';

const ENTITIES = new Map<string, RunEntity>([
  ['', 'attribute'],
  ...(['attribute', 'attributes', 'attr', 'run'] as const).map((n) => [n, 'attribute'] as const),
  ...(['metric', 'metrics'] as const).map((name) => [name, 'metric'] as const),
  ...(['parameter', 'parameters', 'param', 'params'] as const).map(
    (n) => [n, 'parameter'] as const,
  ),
  ...(['tag', 'tags'] as const).map((name) => [name, 'tag'] as const),
  ...(['dataset', 'datasets'] as const).map((name) => [name, 'dataset'] as const),
]);

/** Columns of runs, under the names that searches have for them. */
export const RUN_COLUMNS = new Map([
  ['run_id', 'r.run_id'],
  ['run_name', 'r.name'],
  ['run name', 'r.name'],
  ['Run name', 'r.name'],
  ['Run Name', 'r.name'],
  ['user_id', 'r.user_id'],
  ['status', 'r.status'],
  ['artifact_uri', 'r.artifact_uri'],
  ['start_time', 'r.started'],
  ['created', 'r.started'],
  ['Created', 'r.started'],
  ['end_time', 'r.ended'],
]);

export const TIMES: ReadonlySet<string | undefined> = new Set(['r.started', 'r.ended']);

/** What is asked of the datasets of a run; columns of the dataset and of the input's tag. */
export const DATASET_COLUMNS = new Map([
  ['name', 'd.name'],
  ['digest', 'd.digest'],
  ['context', 'c.value'],
]);

const invalidKey = (what: string, key: string, valid: Iterable<string>): Refusal =>
  invalid(
    `Invalid ${what} key '${quotable(key)}' specified. Valid keys are '${[...valid].join("', '")}'`,
  );

export interface About {
  readonly entity: RunEntity;
  readonly key: string;
}

/** What a condition or an order of runs is about. */
export function aboutRun(entity: string, written: string): About {
  const found = ENTITIES.get(bare(entity));
  const key = bare(written);
  if (found === undefined) {
    throw invalid(
      `Invalid entity type '${quotable(entity)}'. Valid values are ` +
        "['metric', 'parameter', 'tag', 'attribute', 'dataset']",
    );
  }
  if (found === 'attribute' && !RUN_COLUMNS.has(key)) {
    throw invalidKey('attribute', key, RUN_COLUMNS.keys());
  }
  if (found === 'dataset' && !DATASET_COLUMNS.has(key)) {
    throw invalidKey('dataset', key, DATASET_COLUMNS.keys());
  }
  return { entity: found, key };
}
