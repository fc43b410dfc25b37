import type { DatasetInput, Metric, Run } from '@passmuster/core/registry/entities.ts';
import { run } from '../../validate/running.fixture.ts';
import { freshName } from '../registry/port/opened.ts';
import type { Opened } from './opened.ts';

export const metric = (key: string, value: number, step = 0, timestamp = 1): Metric => ({
  key,
  value,
  timestamp,
  step,
});

export const metricsOf = (values: Readonly<Record<string, number>>): Metric[] =>
  Object.entries(values).map(([key, value]) => metric(key, value));

/** Data as MLflow's `log_input` names it. */
export const dataset = (name: string, digest: string, context = 'eval'): DatasetInput => ({
  name,
  digest,
  sourceType: 'local',
  source: '{"uri":"s3://bucket/data"}',
  tags: new Map([['mlflow.data.context', context]]),
});

interface Trained {
  readonly metrics?: readonly Metric[];
  readonly datasets?: readonly DatasetInput[];
}

/** A run that has ended, with what was logged in it. */
export async function trained(
  { registry }: Opened,
  { metrics = [], datasets = [] }: Trained,
): Promise<Run> {
  const experimentId = await registry.createExperiment(freshName('experiment'));
  const made = await registry.createRun({ experimentId });
  await registry.log(made.id, { metrics, params: new Map([['layers', '2']]) });
  await registry.logDatasets(made.id, datasets);
  await registry.updateRun(made.id, { status: 'FINISHED', ended: Date.now() });
  return made;
}

/** A new model. */
export async function newModel({ registry }: Opened): Promise<string> {
  const name = freshName('judged');
  await registry.createModel({ name });
  return name;
}

/** A version that the run has made: its number. */
export async function versionOf(
  { registry }: Opened,
  model: string,
  { id }: Pick<Run, 'id'>,
  source = `runs:/${id}/model`,
): Promise<string> {
  return (await registry.createVersion({ model, source, runId: id })).number;
}

/** A version from a run with these metrics, of a model that is there. */
export async function versionWith(
  opened: Opened,
  model: string,
  values: Readonly<Record<string, number>>,
): Promise<string> {
  return versionOf(opened, model, await trained(opened, { metrics: metricsOf(values) }));
}

/** As MLflow's page or another client does it: what ours has not, or does with more care. */
export async function byHand(
  { url }: Opened,
  method: 'POST' | 'DELETE',
  path: string,
  json: object,
): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const request = { method, headers, body: JSON.stringify(json) };
  const answer = await fetch(`${url}/api/2.0/mlflow${path}`, request);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

/** What the verb says of a version by some gates. */
export async function judged({ url }: Opened, given: Readonly<Record<string, string>>) {
  const { outputs, report, page, result } = await run(url, given);
  const gates = report.gates.map(({ gate, verdict }) => [gate, verdict] as const);
  return {
    ...outputs,
    result,
    report,
    page,
    gates: Object.fromEntries(gates),
    why: report.gates.flatMap(({ reasons }) => reasons).join(' '),
  };
}

/** The entries of a metric in the evidence of the candidate. */
export const evidenceFor = ({ report }: Awaited<ReturnType<typeof judged>>, name: string) =>
  report.evidence.filter(({ metric }) => metric === name);
