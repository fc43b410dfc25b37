import type {
  DatasetInput,
  Experiment,
  LoggedModel,
  Metric,
  ModelVersion,
  RegisteredModel,
  Run,
  RunStatus,
  Stage,
  Tags,
} from './entities.ts';

/** Bounds of one call, inside the deadline of the whole verb. */
export interface Call {
  /** Milliseconds after which it is given up; whether it took effect is then not known. */
  readonly within?: number;
  readonly signal?: AbortSignal;
}

/** What servers differ in; each is found out by asking, never from a name or a version. */
export type Feature =
  | 'aliases'
  | 'stages'
  | 'tags'
  | 'version-search'
  | 'logged-models'
  | 'artifacts';

export interface NewModel {
  readonly name: string;
  readonly description?: string;
  readonly tags?: Tags;
}

export interface NewVersion {
  readonly model: string;
  readonly source: string;
  readonly runId?: string;
  /** A logged model of MLflow 3, which `models:/m-…` sources need. */
  readonly modelId?: string;
  readonly description?: string;
  readonly tags?: Tags;
}

/** All of it must hold. */
export interface VersionQuery {
  readonly model?: string;
  readonly runId?: string;
  readonly tags?: Tags;
  /** By number; the newest first when nothing is said. */
  readonly order?: 'newest' | 'oldest';
  /** How many are wanted at most; without it, all. */
  readonly most?: number;
}

export interface ModelQuery {
  /** A name may hold `%` as a wildcard only here. */
  readonly nameLike?: string;
  readonly tags?: Tags;
  readonly most?: number;
}

/** Registered models. What is not there is `undefined` when it is read, an error when it is written. */
export interface Models {
  model(name: string, call?: Call): Promise<RegisteredModel | undefined>;
  /** In the order of their names. */
  models(query: ModelQuery, call?: Call): AsyncIterable<RegisteredModel>;
  /** Throws a RegistryError whose reason is `exists` when there is one of that name. */
  createModel(model: NewModel, call?: Call): Promise<RegisteredModel>;
  describeModel(name: string, description: string, call?: Call): Promise<void>;
  renameModel(name: string, to: string, call?: Call): Promise<void>;
  deleteModel(name: string, call?: Call): Promise<void>;
  tagModel(name: string, key: string, value: string, call?: Call): Promise<void>;
  untagModel(name: string, key: string, call?: Call): Promise<void>;
  /** Sets or moves it, whatever stood there. */
  setAlias(name: string, alias: string, number: string, call?: Call): Promise<void>;
  /** Done, too, when there was none. */
  removeAlias(name: string, alias: string, call?: Call): Promise<void>;
  aliased(name: string, alias: string, call?: Call): Promise<ModelVersion | undefined>;
  /** The highest version of each stage that has one. */
  latestVersions(name: string, stages: readonly Stage[], call?: Call): Promise<ModelVersion[]>;
}

export interface Versions {
  version(model: string, number: string, call?: Call): Promise<ModelVersion | undefined>;
  /** Without aliases: servers leave them out; `model` has them. Each version once, also across pages. */
  versions(query: VersionQuery, call?: Call): AsyncIterable<ModelVersion>;
  createVersion(version: NewVersion, call?: Call): Promise<ModelVersion>;
  describeVersion(model: string, number: string, description: string, call?: Call): Promise<void>;
  deleteVersion(model: string, number: string, call?: Call): Promise<void>;
  tagVersion(model: string, number: string, key: string, value: string, call?: Call): Promise<void>;
  untagVersion(model: string, number: string, key: string, call?: Call): Promise<void>;
  /** `archiveOthers` takes whatever else is in that stage out of it, in the same call. */
  moveToStage(
    model: string,
    number: string,
    stage: Stage,
    archiveOthers: boolean,
    call?: Call,
  ): Promise<ModelVersion>;
  downloadUri(model: string, number: string, call?: Call): Promise<string>;
}

export interface NewRun {
  readonly experimentId: string;
  readonly name?: string;
  readonly started?: number;
  readonly tags?: Tags;
}

export interface RunChange {
  readonly status?: RunStatus;
  readonly ended?: number;
  readonly name?: string;
}

export interface RunQuery {
  readonly experimentIds: readonly string[];
  /** As MLflow's own filters for runs; `filters.ts` of the adapter quotes values for it. */
  readonly filter?: string;
  readonly orderBy?: readonly string[];
  readonly most?: number;
}

export interface Logged {
  readonly metrics?: readonly Metric[];
  readonly params?: ReadonlyMap<string, string>;
  readonly tags?: Tags;
}

export interface Runs {
  run(id: string, call?: Call): Promise<Run | undefined>;
  runs(query: RunQuery, call?: Call): AsyncIterable<Run>;
  createRun(run: NewRun, call?: Call): Promise<Run>;
  updateRun(id: string, change: RunChange, call?: Call): Promise<void>;
  /** In as many calls as the server's limits ask for. */
  log(runId: string, logged: Logged, call?: Call): Promise<void>;
  logDatasets(runId: string, datasets: readonly DatasetInput[], call?: Call): Promise<void>;
  /** Every value of one metric, as logged. */
  metricHistory(runId: string, key: string, call?: Call): AsyncIterable<Metric>;
  experiment(id: string, call?: Call): Promise<Experiment | undefined>;
  experimentNamed(name: string, call?: Call): Promise<Experiment | undefined>;
  experiments(call?: Call): AsyncIterable<Experiment>;
  /** Its id. */
  createExperiment(name: string, call?: Call): Promise<string>;
  loggedModel(id: string, call?: Call): Promise<LoggedModel | undefined>;
}

/** Files behind the server's own artifact proxy; other stores are none of its business. */
export interface Artifacts {
  /** `mlflow-artifacts:/…` without a host. Nothing when there is no such file; an error beyond `maxBytes`. */
  readArtifact(uri: string, maxBytes: number, call?: Call): Promise<Uint8Array | undefined>;
  writeArtifact(uri: string, content: Uint8Array, call?: Call): Promise<void>;
}

/** A model registry that speaks MLflow's wire. Every method may throw a RegistryError. */
export interface Registry extends Models, Versions, Runs, Artifacts {
  /** For messages: without credentials. */
  readonly address: string;
  /** Whether the server can do it; asked once. Some can only be found out on a model that is there. */
  has(feature: Feature, model: string, call?: Call): Promise<boolean>;
  /** Milliseconds since 1970 by the server's clock, as its newest answer says; nothing before the first. */
  now(): number | undefined;
  /** Ends its connections, after what was begun. */
  close(): Promise<void>;
}
