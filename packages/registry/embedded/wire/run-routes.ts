import { checkKey } from '../checks/names.ts';
import { searchRuns } from '../search/runs.ts';
import { metricHistory } from '../store/metrics.ts';
import {
  activeRun,
  createRun,
  moveRun,
  runOf,
  tagRun,
  untagRun,
  updateRun,
} from '../store/runs.ts';
import { choice, integer, list, text } from './fields.ts';
import { tag, tagOf } from './model-routes.ts';
import { lifecyclesOf, pageShape, sizeOf, viewType } from './pages.ts';
import { missingValue } from './request.ts';
import { type Route, reading, writing } from './route.ts';
import { metricShape, runInfo, runShape } from './shapes.ts';

const LARGEST_PAGE = 50_000;
const PAGE = 1000;
const LARGEST_HISTORY = 25_000;

const status = choice({ RUNNING: 1, SCHEDULED: 2, FINISHED: 3, FAILED: 4, KILLED: 5 });

/** A run under either of its names; the older one alone is taken, too. */
export const runId = { run_id: text, run_uuid: text };

export function runIdOf(sent: {
  readonly run_id: string | undefined;
  readonly run_uuid: string | undefined;
}): string {
  const id = sent.run_id || sent.run_uuid;
  if (id) return id;
  throw missingValue('run_id');
}

const lives: readonly Route[] = [
  writing('POST', 'runs/create', {
    fields: {
      experiment_id: text,
      user_id: text,
      run_name: text,
      start_time: integer,
      tags: list(tag),
    },
    required: ['experiment_id'],
    answer: (db, { experiment_id: experimentId, user_id, run_name, start_time, tags = [] }) => {
      const row = createRun(db, {
        experimentId,
        userId: user_id ?? '',
        name: run_name ?? '',
        started: start_time ?? 0,
        tags: tags.map(tagOf),
      });
      return { run: runShape(db, row) };
    },
  }),
  reading('GET', 'runs/get', {
    fields: runId,
    required: [],
    answer: (db, sent) => ({ run: runShape(db, runOf(db, runIdOf(sent))) }),
  }),
  writing('POST', 'runs/update', {
    fields: { ...runId, status, end_time: integer, run_name: text },
    required: [],
    answer: (db, sent) => {
      const change = { status: sent.status, ended: sent.end_time, name: sent.run_name };
      return { run_info: runInfo(updateRun(db, runIdOf(sent), change)) };
    },
  }),
  writing('POST', 'runs/delete', {
    fields: { run_id: text },
    required: ['run_id'],
    answer: (db, { run_id }) => {
      moveRun(db, run_id, 'deleted');
      return {};
    },
  }),
  writing('POST', 'runs/restore', {
    fields: { run_id: text },
    required: ['run_id'],
    answer: (db, { run_id }) => {
      moveRun(db, run_id, 'active');
      return {};
    },
  }),
  writing('POST', 'runs/set-tag', {
    fields: { ...runId, key: text, value: text },
    required: ['key'],
    answer: (db, { key, value = '', ...sent }) => {
      checkKey(key);
      tagRun(db, activeRun(db, runIdOf(sent)), { key, value });
      return {};
    },
  }),
  writing('POST', 'runs/delete-tag', {
    fields: { run_id: text, key: text },
    required: ['run_id', 'key'],
    answer: (db, { run_id, key }) => {
      untagRun(db, run_id, key);
      return {};
    },
  }),
];

const searches: readonly Route[] = [
  reading('POST', 'runs/search', {
    fields: {
      experiment_ids: list(text),
      filter: text,
      run_view_type: viewType,
      max_results: integer,
      order_by: list(text),
      page_token: text,
    },
    required: [],
    answer: (db, { experiment_ids: ids = [], filter = '', max_results = PAGE, ...sent }) => {
      const size = sizeOf(max_results, LARGEST_PAGE);
      const search = { filter, size, orderBy: sent.order_by ?? [], token: sent.page_token };
      const page = searchRuns(db, search, ids, lifecyclesOf(sent.run_view_type));
      return pageShape('runs', page, (row) => runShape(db, row));
    },
  }),
  reading('GET', 'metrics/get-history', {
    fields: { ...runId, metric_key: text, max_results: integer, page_token: text },
    required: ['metric_key'],
    answer: (db, { metric_key: key, max_results, page_token: token, ...sent }) => {
      const size = max_results === undefined ? undefined : sizeOf(max_results, LARGEST_HISTORY);
      return pageShape('metrics', metricHistory(db, runIdOf(sent), key, size, token), metricShape);
    },
  }),
];

export const RUN_ROUTES: readonly Route[] = [...lives, ...searches];
