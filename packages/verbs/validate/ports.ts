import type { InputsOf, Surroundings } from '@passmuster/action-kit/spec/verb.ts';
import type { Reading } from '@passmuster/core/evidence/measured.ts';
import type { Files } from '@passmuster/core/files.ts';
import type { Forge } from '@passmuster/core/forge.ts';
import type { OpenRegistry } from '@passmuster/core/registry/open.ts';
import type { spec } from './spec.ts';

export interface ValidatePorts {
  readonly files: Files;
  /** Absent without a token; needed inside a job. */
  readonly forge: Forge | undefined;
  readonly openRegistry: OpenRegistry;
  /** What a file says; an input error where it is no evaluation. */
  readEvaluation(
    bytes: Uint8Array,
    file: { readonly path: string; readonly digest: string },
  ): Promise<Reading>;
  /** What a `dvc.yaml` lists as metrics, relative to its folder; `templates` only DVC can fill in. */
  metricsListed(
    bytes: Uint8Array,
    file: string,
  ): Promise<{ readonly paths: readonly string[]; readonly templates: readonly string[] }>;
  /** Of the workflow that runs, relative to the workspace; where the gates of the step may stand. */
  readonly workflowFile?: string;
}

export type Inputs = InputsOf<typeof spec>;
export type Ports = ValidatePorts & Surroundings;
