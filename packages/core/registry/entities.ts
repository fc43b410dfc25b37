/** What a server sent beside what we know, under its own names. */
export type More = Readonly<Record<string, unknown>>;

export type Tags = ReadonlyMap<string, string>;

export interface RegisteredModel {
  readonly name: string;
  /** Milliseconds since 1970, by the server's clock. */
  readonly created: number;
  readonly updated: number;
  readonly description: string;
  readonly tags: Tags;
  /** The number that each alias stands at; empty where the server leaves them out, as in searches. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly more: More;
}

/** As MLflow names them; a server may have others. */
export type Stage = 'None' | 'Staging' | 'Production' | 'Archived';

export interface ModelVersion {
  readonly model: string;
  /** The registry's own id of it: opaque, though mostly a number. */
  readonly number: string;
  readonly created: number;
  readonly updated: number;
  /** Empty where the server has no stages. */
  readonly stage: string;
  readonly description: string;
  readonly source: string;
  /** Empty when it came from no run. */
  readonly runId: string;
  /** `READY`, or what a server says while it is not or never will be. */
  readonly status: string;
  readonly statusMessage: string;
  readonly tags: Tags;
  readonly more: More;
}

export interface Metric {
  readonly key: string;
  /** NaN and infinities as they were logged; SQL stores give back ±1.797e308 for infinities. */
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
  /** What it was measured on, where the client said so. */
  readonly dataset?: { readonly name: string; readonly digest: string };
  readonly modelId?: string;
  /** Which run logged it; of a logged model, whose metrics come from several. */
  readonly runId?: string;
}

export interface DatasetInput {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema?: string;
  readonly profile?: string;
  /** `mlflow.data.context` says what it was for. */
  readonly tags: Tags;
}

export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';

export interface Run {
  readonly id: string;
  readonly name: string;
  readonly experimentId: string;
  /** As the server says it; one of RunStatus on MLflow. */
  readonly status: string;
  readonly started: number;
  /** Absent while it runs. */
  readonly ended?: number;
  readonly artifactUri: string;
  readonly deleted: boolean;
  /** The last value of each metric by step, then time; not the best one. */
  readonly metrics: readonly Metric[];
  readonly params: ReadonlyMap<string, string>;
  readonly tags: Tags;
  readonly datasets: readonly DatasetInput[];
  readonly more: More;
}

export interface Experiment {
  readonly id: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly deleted: boolean;
  readonly tags: Tags;
  readonly more: More;
}

/** A model as MLflow 3 logs it, before it is registered. */
export interface LoggedModel {
  readonly id: string;
  readonly name: string;
  readonly experimentId: string;
  readonly artifactUri: string;
  readonly sourceRunId: string;
  readonly status: string;
  readonly params: ReadonlyMap<string, string>;
  readonly metrics: readonly Metric[];
  readonly tags: Tags;
  readonly more: More;
}
