import type { Metric, Run } from '../registry/entities.ts';
import type { Logged, NewRun } from '../registry/registry.ts';
import { failure, type Store } from './store.fixture.ts';

export function createExperiment(store: Store, name: string): string {
  if (store.experiments.has(name)) throw failure('exists');
  const id = String(store.experiments.size + 1);
  store.experiments.set(name, id);
  return id;
}

export function createRun(store: Store, { experimentId, name = '', started, tags }: NewRun): Run {
  const id = (store.runs.size + 1).toString(16).padStart(32, '0');
  const run: Run = {
    id,
    name,
    experimentId,
    status: 'RUNNING',
    started: started ?? store.now,
    artifactUri: `mlflow-artifacts:/${experimentId}/${id}/artifacts`,
    deleted: false,
    metrics: [],
    params: new Map(),
    tags: new Map(tags),
    datasets: [],
    more: {},
  };
  store.runs.set(id, run);
  return run;
}

/** The last value of each metric by step, then time. */
function lastOfEach(metrics: readonly Metric[]): Metric[] {
  const last = new Map<string, Metric>();
  const sorted = [...metrics].sort((a, b) => a.step - b.step || a.timestamp - b.timestamp);
  for (const metric of sorted) last.set(metric.key, metric);
  return [...last.values()];
}

export function log(store: Store, id: string, { metrics = [], params, tags }: Logged): void {
  const run = store.runs.get(id);
  if (run === undefined) throw failure('missing');
  store.runs.set(id, {
    ...run,
    metrics: lastOfEach([...run.metrics, ...metrics]),
    params: new Map([...run.params, ...(params ?? [])]),
    tags: new Map([...run.tags, ...(tags ?? [])]),
  });
}
