import { quotable } from '@passmuster/core/quote.ts';
import type { Metric, Run } from '@passmuster/core/registry/entities.ts';
import type { Call, RunQuery, Runs } from '@passmuster/core/registry/registry.ts';
import { batchesOf } from './batches.ts';
import { boundsOf } from './bounds.ts';
import { metricOf, runOf } from './decode-run.ts';
import { unlessMissing } from './errors.ts';
import { experimentMethods } from './experiments.ts';
import { type Fields, requiredFields } from './fields.ts';
import { keyed } from './json.ts';
import { first, paged, pageOf, tokenQuery } from './pages.ts';
import { nothing, type Wire } from './wire.ts';

const RUNS_PAGE = 1000;
/** Absent, some versions of MLflow send no value at all; more than this is refused. */
const HISTORY_PAGE = 25_000;

const readRun = (body: Fields): Run => runOf(requiredFields(body, 'run'));
const readRuns = pageOf('runs', runOf);
const readHistory = pageOf('metrics', metricOf);

const named = (id: string): string => `run ${quotable(id)}`;

export function runMethods(wire: Wire): Runs {
  return {
    ...experimentMethods(wire),

    run(id, call) {
      const about = { what: `read ${named(id)}`, call };
      return unlessMissing(wire.get('/runs/get', [['run_id', id]], readRun, about));
    },

    runs: (query, call) => searchRuns(wire, query, call),

    createRun({ experimentId, name, started = Date.now(), tags }, call) {
      const json = {
        experiment_id: experimentId,
        start_time: started,
        ...(name !== undefined && { run_name: name }),
        ...(tags && { tags: keyed(tags) }),
      };
      return wire.change(
        { method: 'POST', path: '/runs/create', json, repeatable: false },
        readRun,
        { what: `create a run in experiment ${quotable(experimentId)}`, call },
      );
    },

    updateRun(id, { status, ended, name }, call) {
      const json = {
        run_id: id,
        ...(status !== undefined && { status }),
        ...(ended !== undefined && { end_time: ended }),
        ...(name !== undefined && { run_name: name }),
      };
      return wire.change(
        { method: 'POST', path: '/runs/update', json, repeatable: true },
        nothing,
        { what: `update ${named(id)}`, call },
      );
    },

    async log(runId, logged, call) {
      const bounds = boundsOf(call);
      // MLflow keeps what is logged twice once, so a batch may be repeated.
      const change = { method: 'POST', path: '/runs/log-batch', repeatable: true } as const;
      for (const batch of batchesOf(logged)) {
        const json = { run_id: runId, ...batch };
        const about = { what: `log to ${named(runId)}`, call: bounds() };
        await wire.change({ ...change, json }, nothing, about);
      }
    },

    async logDatasets(runId, datasets, call) {
      if (datasets.length === 0) return;
      const json = {
        run_id: runId,
        datasets: datasets.map(({ name, digest, sourceType, source, schema, profile, tags }) => ({
          tags: keyed(tags),
          dataset: {
            name,
            digest,
            source_type: sourceType,
            source,
            ...(schema !== undefined && { schema }),
            ...(profile !== undefined && { profile }),
          },
        })),
      };
      await wire.change(
        { method: 'POST', path: '/runs/log-inputs', json, repeatable: true },
        nothing,
        { what: `log datasets to ${named(runId)}`, call },
      );
    },

    metricHistory: (runId, key, call) => history(wire, runId, key, call),
  };
}

function history(
  wire: Wire,
  runId: string,
  key: string,
  call: Call | undefined,
): AsyncIterable<Metric> {
  const what = `read the history of metric "${quotable(key)}" of ${named(runId)}`;
  const bounds = boundsOf(call);
  const ask = (token: string) => {
    const query = [
      ['run_id', runId],
      ['metric_key', key],
      ['max_results', String(HISTORY_PAGE)],
      ...tokenQuery(token),
    ] as const;
    return wire.get('/metrics/get-history', query, readHistory, { what, call: bounds() });
  };
  return paged(wire.transport, what, ask);
}

function searchRuns(wire: Wire, query: RunQuery, call: Call | undefined): AsyncIterable<Run> {
  const { experimentIds, filter, orderBy, most = RUNS_PAGE } = query;
  const what = 'search runs';
  const bounds = boundsOf(call);
  const json = {
    experiment_ids: experimentIds,
    max_results: Math.min(most, RUNS_PAGE),
    ...(filter !== undefined && { filter }),
    ...(orderBy && { order_by: orderBy }),
  };

  const ask = (token: string) => {
    const page = { ...json, ...(token !== '' && { page_token: token }) };
    return wire.search('/runs/search', page, readRuns, { what, call: bounds() });
  };
  return first(
    paged(wire.transport, what, ask, ({ id }) => id),
    query.most,
  );
}
