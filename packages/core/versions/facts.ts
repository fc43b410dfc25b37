/** Data that a model was trained on. */
export interface Dataset {
  readonly name: string;
  readonly version: string;
  /** `sha256:…` or `md5:…` */
  readonly digest: string;
}

export interface BaseModel {
  readonly name: string;
  readonly version?: string;
  readonly digest?: string;
}

/** What is on record of a version, as far as it says how much has changed. */
export interface Facts {
  readonly baseModel?: BaseModel;
  /** As the model's own configuration names it. */
  readonly architecture?: string;
  readonly datasets: readonly Dataset[];
  /** Whatever tells two trainings apart: a run, or a digest over code and parameters. */
  readonly training?: string;
  /** A digest over the files of configuration. */
  readonly configuration?: string;
}

/** As a message names it: `llama-3 (8b)` */
export const baseModelText = ({ name, version }: BaseModel): string =>
  version === undefined ? name : `${name} (${version})`;
