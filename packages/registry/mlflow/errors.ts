import { isUnsupported, RegistryError } from '@passmuster/core/registry/error.ts';
import type { Feature } from '@passmuster/core/registry/registry.ts';

/** The server knows what was asked, and says that the thing is not there. */
export const isMissing = (error: unknown): boolean =>
  error instanceof RegistryError && error.failure.reason === 'missing';

/** MLflow's word for whatever it finds wrong with a request, unknown aliases included. */
export const isInvalid = (error: unknown): error is RegistryError =>
  error instanceof RegistryError && error.failure.code === 'INVALID_PARAMETER_VALUE';

/** The server would not; one that failed would fail at the next question, too. */
export const isRefused = (error: unknown): boolean =>
  error instanceof RegistryError &&
  error.failure.reason === 'refused' &&
  (error.failure.status ?? 0) < 500;

/** What is not there reads as `undefined`. */
export async function unlessMissing<Value>(
  asked: Promise<Value>,
  alsoMissing: (error: unknown) => boolean = () => false,
): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error) || alsoMissing(error)) return undefined;
    throw error;
  }
}

interface Lack {
  readonly lacks: string;
  readonly hint: string;
}

const LACKS: Readonly<Record<Feature, Lack>> = {
  aliases: {
    lacks: 'has no aliases that can be set',
    hint: 'Give the environment a `stage` and no alias, or use a server with aliases, such as MLflow 2.3 or newer.',
  },
  stages: {
    lacks: 'has no stages',
    hint: 'Leave `stage` out of the environment: its alias says which version is there.',
  },
  tags: {
    lacks: 'has no tags that can be changed',
    hint: 'Passmuster keeps its records in tags, so here it can only read; `validate` works.',
  },
  'version-search': {
    lacks: 'cannot list the versions of a model',
    hint: 'Name a version by its number; what needs the list, such as a semantic version or a ledger, needs another server.',
  },
  'logged-models': {
    lacks: 'has no logged models',
    hint: 'MLflow has them from version 3 on; the metrics of the run are what can be used here.',
  },
  artifacts: {
    lacks: 'serves no files',
    hint: 'Start MLflow without --no-serve-artifacts, or keep the files where they can be read without it.',
  },
};

export function unsupported(
  feature: Feature,
  address: string,
  what: string,
  cause: RegistryError,
): RegistryError {
  const { lacks, hint } = LACKS[feature];
  const message = `Could not ${what}: the registry at ${address} ${lacks}.`;
  const failure = { ...cause.failure, reason: 'unsupported', effect: 'none' } as const;
  return new RegistryError(failure, { message, hint }, { cause });
}

/** Says what the server lacks, where it has no such endpoint. */
export async function needs<Value>(
  feature: Feature,
  address: string,
  what: string,
  asked: Promise<Value>,
): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    throw isUnsupported(error) ? unsupported(feature, address, what, error) : error;
  }
}
