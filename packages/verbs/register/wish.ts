import type { EvaluationFile } from '@passmuster/core/evidence/evaluation-files.ts';
import type { CheckedOut } from '@passmuster/core/git.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Tags } from '@passmuster/core/registry/entities.ts';
import type { Facts } from '@passmuster/core/versions/facts.ts';

/** The files of a version, once they were hashed. */
export interface Hashed {
  /** The root digest over names, sizes and contents. */
  readonly digest: string;
  readonly files: number;
  readonly bytes: number;
  /** The text of the manifest. */
  readonly manifest: string;
  /** Where it belongs in the folder, and whether it stands there already. */
  readonly manifestFile: string;
  readonly isWritten: boolean;
}

/** What is to be registered, whatever it will be called. */
export interface Wish {
  readonly model: string;
  readonly source: string;
  /** Empty when no run made it. */
  readonly runId: string;
  /** A logged model of MLflow 3; empty when the source is none. */
  readonly modelId: string;
  readonly description: string;
  readonly hashed?: Hashed;
  readonly facts: Facts;
  readonly evaluations: readonly EvaluationFile[];
  readonly code?: CheckedOut;
  /** Those of the caller. */
  readonly tags: Tags;
}

/** What makes two registrations the same: their bytes, or where those are said to come from. */
export type Identity =
  | { readonly digest: string }
  | { readonly source: string; readonly runId: string };

export const identityOf = ({ hashed, source, runId }: Wish): Identity =>
  hashed ? { digest: hashed.digest } : { source, runId };

export const sameIdentity = (a: Identity, b: Identity): boolean =>
  'digest' in a
    ? 'digest' in b && a.digest === b.digest
    : !('digest' in b) && a.source === b.source && a.runId === b.runId;

const LONGEST_SOURCE = 500;

/** In words, for a refusal that shows both; what the registry says may be anything. */
export const identityText = (identity: Identity): string =>
  'digest' in identity
    ? quotable(identity.digest, LONGEST_SOURCE)
    : `${quotable(identity.source, LONGEST_SOURCE)}${identity.runId ? ` of run ${quotable(identity.runId)}` : ''}`;
