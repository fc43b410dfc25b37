import type { InputsOf, Surroundings } from '@passmuster/action-kit/spec/verb.ts';
import type { Files } from '@passmuster/core/files.ts';
import type { spec } from './spec.ts';

export interface VerifyPorts {
  readonly files: Files;
}

/** The inputs, with what follows from them. */
export interface Job {
  readonly ports: VerifyPorts & Surroundings;
  readonly folder: string;
  readonly manifestFile: string;
  /** Where the manifest stands in the folder, if it does. */
  readonly manifestPath: string | undefined;
  readonly expected: InputsOf<typeof spec>['expect-version'];
  /** What is no part of the model wherever it stands: manifests of ours, and what Git keeps. */
  readonly skip: (path: string) => boolean;
  readonly allowed: (path: string) => boolean;
}
