/** What two values of one metric must share before they can be compared; each part only where it is known. */
export interface Conditions {
  /** The name of the data, with its revision where it has one. */
  readonly dataset?: string;
  /** The digest of the data, which says more than its name. */
  readonly datasetDigest?: string;
  /** Hash or version of the task. */
  readonly task?: string;
  /** Hash of the prompt or the chat template. */
  readonly prompt?: string;
  /** How many examples the prompt gives. */
  readonly shots?: number;
  /** What evaluated, with its version. */
  readonly tool?: string;
}

/** Where a value stands, so that a person can look. */
export type Origin =
  | { readonly kind: 'run'; readonly id: string; readonly step?: number }
  | {
      readonly kind: 'logged-model';
      readonly id: string;
      readonly step?: number;
      /** Which run logged it, where the server says so. */
      readonly run?: string;
    }
  | {
      readonly kind: 'file';
      /** Relative to the folder that the run is in. */
      readonly path: string;
      /** Of its bytes, `sha256:…`. */
      readonly digest: string;
      /** Where in it, as a JSON Pointer, a line or a row; empty for the whole. */
      readonly at: string;
    };

interface Named {
  readonly metric: string;
  /** `region=eu`, where the value speaks of a part of the data. */
  readonly slice?: string;
  readonly origin: Origin;
}

/** One value of one metric. */
export interface Measured extends Named {
  /** NaN and infinities as they were written: never good enough, never bad enough. */
  readonly value: number;
  /** How many samples it speaks of, where that is known. */
  readonly samples?: number;
  readonly standardError?: number;
  /** Where the file itself says what is better; gates do not go by it. */
  readonly better?: 'higher' | 'lower';
  readonly conditions: Conditions;
}

/** What stands under the name of a metric and is no number; nothing is made one. */
export interface Unusable extends Named {
  /** Finishes "`accuracy` is …": `the text "0.95"`, `null`, `a list`, `of a partial run (limit 10)`. */
  readonly found: string;
}

/** Which model and version a file says at its top that it is about. */
export interface NamedVersion {
  readonly model?: string;
  readonly version?: string;
  /** The root digest of the files of the model. */
  readonly digest?: string;
}

/** All that one source says. */
export interface Reading {
  readonly measured: readonly Measured[];
  readonly unusable: readonly Unusable[];
  /** What the reader of a report should know: rows that failed, a partial run, another checkpoint. */
  readonly remarks: readonly string[];
  readonly names?: NamedVersion;
}
