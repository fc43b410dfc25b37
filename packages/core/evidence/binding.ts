import { quotable } from '../quote.ts';
import type { LoggedModel, ModelVersion, Run } from '../registry/entities.ts';
import type { NamedVersion } from './measured.ts';

/** What is sealed of a version, as far as it ties evidence to it. */
export interface SealedFacts {
  readonly runId?: string;
  /** Of its files. */
  readonly rootDigest?: string;
  /** Of the evaluation files that were recorded with it. */
  readonly evaluations: ReadonlySet<string>;
}

/** Why something is not proven to speak of the version; nothing where it is. */
type Unbound = string | undefined;

/** `..` as a step of its own, also in the signs of an address, however often they were put so. */
const CLIMBS = /(?:^|[/\\]|%(?:25)*(?:2f|5c))(?:\.|%(?:25)*2e){2}(?:$|[/\\?#]|%(?:25)*(?:2f|5c))/i;

/** Whether the source lies in the folder, without a step that may lead out of it. */
function below(source: string, folder: string): boolean {
  const root = folder.replace(/\/$/, '');
  if (root === '' || !source.startsWith(root)) return false;
  const rest = source.slice(root.length);
  return rest === '' || (rest.startsWith('/') && !CLIMBS.test(rest));
}

/** MLflow takes any run id for a version whose files lie elsewhere, so the id alone proves nothing. */
export function runUnbound(
  { source }: ModelVersion,
  run: Run,
  sealed: SealedFacts | undefined,
  logged: LoggedModel | undefined,
): Unbound {
  if (run.deleted) return 'the run was deleted';
  const madeIt =
    sealed?.runId === run.id ||
    logged?.sourceRunId === run.id ||
    below(source, run.artifactUri) ||
    below(source, `runs:/${run.id}`);
  if (madeIt) return undefined;
  return `the version's source, ${quotable(source, 120)}, is not among the files of that run, and \`register\` did not seal the two together`;
}

/** The id of the logged model that a version was made from. */
export const loggedModelOf = ({ source }: ModelVersion): string | undefined =>
  /^models:\/(m-[0-9a-f]{32})(?:\/|$)/.exec(source)?.[1];

interface Subject {
  readonly version: Pick<ModelVersion, 'model' | 'number'>;
  /** What it is called, where that is sealed. */
  readonly identifier?: string;
  readonly sealed?: SealedFacts;
  /** Whether the policy takes it for enough that a file names model and number. */
  readonly byName: boolean;
}

interface EvaluationFile {
  readonly digest: string;
  /** Which version it says at its top that it is about. */
  readonly names?: NamedVersion | undefined;
}

/** A file speaks of a version that recorded it, or whose files' digest it names at its top. */
export function fileUnbound(
  file: EvaluationFile,
  { version, identifier, sealed, byName }: Subject,
): Unbound {
  if (sealed?.evaluations.has(file.digest)) return undefined;
  const { model, version: called, digest } = file.names ?? {};
  if (digest !== undefined && digest === sealed?.rootDigest) return undefined;
  const isCalled = called !== undefined && [version.number, identifier].includes(called);
  if (byName && isCalled && model === version.model) return undefined;
  return 'its digest is not among those that `register` recorded, and it does not name the root digest of the version at its top';
}
