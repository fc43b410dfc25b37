import type { Metric, Tags } from '@passmuster/core/registry/entities.ts';

/** Maps as MLflow takes them. */
export const keyed = (map: Tags): { key: string; value: string }[] =>
  Array.from(map, ([key, value]) => ({ key, value }));

/** A number that JSON has no word for is a text in proto's JSON. */
const doubled = (value: number): number | string => (Number.isFinite(value) ? value : `${value}`);

export const metricJson = ({ key, value, timestamp, step, dataset, modelId }: Metric): object => ({
  key,
  value: doubled(value),
  timestamp,
  step,
  ...(dataset && { dataset_name: dataset.name, dataset_digest: dataset.digest }),
  ...(modelId !== undefined && { model_id: modelId }),
});
