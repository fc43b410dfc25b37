import { isUsable } from '../gates/usable.ts';
import { quotable } from '../quote.ts';
import type { DatasetInput, LoggedModel, Metric, Run } from '../registry/entities.ts';
import { slicesOf } from './data-slices.ts';
import type { Conditions, Measured, Origin, Reading } from './measured.ts';

const FOR_EVALUATION = /^(?:eval|evaluation|evaluate|test|testing|validation|validate)$/i;

/** The data of a run that it says was for evaluation, where there is just one. */
function evaluatedOn(datasets: readonly DatasetInput[]): Conditions {
  const fitting = datasets.filter(({ tags }) =>
    FOR_EVALUATION.test(tags.get('mlflow.data.context') ?? ''),
  );
  const [only, ...more] = fitting;
  if (only === undefined || more.length > 0) return {};
  return conditionsOf(only);
}

const conditionsOf = ({ name, digest }: { name: string; digest: string }): Conditions => ({
  ...(name !== '' && { dataset: name }),
  ...(digest !== '' && { datasetDigest: digest }),
});

/** Stores on SQL give back infinity as the largest number there is: nobody has measured that. */
const asLogged = (value: number): number =>
  isUsable(value) || Number.isNaN(value) ? value : Math.sign(value) * Number.POSITIVE_INFINITY;

const isLater = (a: Metric, b: Metric): boolean =>
  a.step === b.step ? a.timestamp >= b.timestamp : a.step > b.step;

/** Of each metric on each data, by each run, the last value by step, then time. */
function lastOf(metrics: readonly Metric[]): Map<string, Metric[]> {
  const last = new Map<string, Map<string, Metric>>();
  for (const metric of metrics) {
    const by = JSON.stringify([metric.dataset?.name, metric.dataset?.digest, metric.runId]);
    const of = last.get(metric.key) ?? new Map<string, Metric>();
    const before = of.get(by);
    if (before === undefined || isLater(metric, before)) of.set(by, metric);
    last.set(metric.key, of);
  }
  return new Map(Array.from(last, ([key, of]) => [key, [...of.values()]]));
}

/** One value for a metric; where it was measured on several data, one for each as a slice. */
function measuredOf(
  metrics: readonly Metric[],
  conditions: Conditions,
  originOf: (metric: Metric) => Origin,
): Measured[] {
  return [...lastOf(metrics)].flatMap(([metric, values]) => {
    const sliceOf = slicesOf(values.map(({ dataset }) => dataset));
    return values.map((one): Measured => {
      const slice = sliceOf(one.dataset);
      return {
        metric,
        ...(slice !== undefined && { slice }),
        value: asLogged(one.value),
        conditions: one.dataset ? conditionsOf(one.dataset) : conditions,
        origin: originOf(one),
      };
    });
  });
}

/** What a run says of the model that it made. */
export function readingOfRun({ id, status, deleted, metrics, datasets }: Run): Reading {
  const remarks = deleted
    ? [`Run ${quotable(id)} was deleted.`]
    : status === 'FINISHED'
      ? []
      : [`Run ${quotable(id)} is ${quotable(status)}, not FINISHED.`];
  const origin = ({ step }: Metric): Origin => ({ kind: 'run', id, step });
  return { measured: measuredOf(metrics, evaluatedOn(datasets), origin), unusable: [], remarks };
}

/** What was logged for a model of MLflow 3, by whichever runs: each stands by the last that it said. */
export function readingOfLoggedModel({ id, metrics }: LoggedModel): Reading {
  const origin = ({ step, runId }: Metric): Origin => ({
    kind: 'logged-model',
    id,
    step,
    ...(runId !== undefined && { run: runId }),
  });
  return { measured: measuredOf(metrics, {}, origin), unusable: [], remarks: [] };
}
