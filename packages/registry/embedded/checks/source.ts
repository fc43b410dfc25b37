import { quotable } from '@passmuster/core/quote.ts';
import { invalid, type Refusal } from '../refusal.ts';
import { isBelow, type Uri, unquoted, uriOf } from './uris.ts';

/** In these the address names a host, which whoever loads the model would then talk to. */
const HOSTED = /^(?:ftp|sftp|hdfs|viewfs|https?|r2|b2|abfss)$/;

const LONGEST = 500;
const SHOWN = 200;

const wrong = (source: string, why: string): Refusal =>
  invalid(`Invalid model version source: '${quotable(source, SHOWN)}'. ${why}`);

const notTheRuns = (source: string, id = 'run_id'): Refusal =>
  wrong(source, `The ${id} request parameter must identify the resource that contains the source.`);

export const isHosted = ({ scheme, authority }: Uri): boolean =>
  HOSTED.test(scheme) || (scheme === 'mlflow-artifacts' && Boolean(authority));

export const hosted = (field: string, scheme: string): Refusal =>
  invalid(
    `'${field}' cannot use the '${scheme}' scheme: the '${scheme}' scheme addresses a host other ` +
      'than the registry’s own artifact storage.',
  );

/** A path of this machine; whatever it names is outside of the registry's reach. */
const isLocal = ({ scheme }: Uri): boolean => scheme === '' || scheme === 'file';

function isPlain(source: string): boolean {
  const clear = unquoted(source.replaceAll('+', ' '));
  if (clear === undefined || clear.includes('\0')) return false;
  const path = uriOf(clear).path.replace(/\/+/g, '/');
  if (!path.startsWith('/') || path === '/') return false;
  return !clear.split(/[/\\]/).some((step) => step === '..' || step === '.');
}

/** A reference to another version; its other forms are `models:/m-…`, of logged models. */
export interface Reference {
  readonly model: string;
  /** A number, a stage, or `latest`. */
  readonly version?: string;
  readonly alias?: string;
}

const LOGGED_MODEL = /^m-[0-9a-f]{32}$/;

/** What `models:/…` refers to; undefined for any other source. */
export function referenceIn(source: string): Reference | undefined {
  const { scheme, authority, path } = uriOf(source);
  if (scheme !== 'models') return undefined;
  const rest = path.replace(/^\//, '');
  if (authority !== undefined || LOGGED_MODEL.test(rest)) throw notTheRuns(source, 'model_id');
  const [, model, version] = /^([^/@]+)\/([^/@]+)$/.exec(rest) ?? [];
  if (model !== undefined && version !== undefined) return { model, version };
  const [, named, alias] = /^([^/@]+)@([^/@]+)$/.exec(rest) ?? [];
  if (named !== undefined && alias !== undefined) return { model: named, alias };
  throw notTheRuns(source, 'model_id');
}

/**
 * Whether a version may say that its files are there: `..` and paths of this machine would lead
 * whoever loads it elsewhere, and what belongs to a run needs that run's id. `artifactUri` tells
 * where a run keeps its files; undefined when there is no such run.
 */
export function checkSource(
  source: string,
  runId: string,
  artifactUri: (runId: string) => string | undefined,
): void {
  const uri = uriOf(source);
  if (source.length > LONGEST) throw wrong(source, `It may have at most ${LONGEST} characters.`);
  if (isHosted(uri)) throw hosted('source', uri.scheme);
  const root = runId === '' ? undefined : artifactUri(runId);
  if (isLocal(uri)) {
    if (root !== undefined && isLocal(uriOf(root)) && isPlain(source) && isBelow(source, root)) {
      return;
    }
    throw wrong(
      source,
      'To use a local path as a model version source, the run_id request parameter has to be ' +
        'specified and the local path has to be contained within the artifact directory of the ' +
        'run specified by the run_id.',
    );
  }
  if (!isPlain(source)) {
    throw wrong(source, 'It must be an absolute address without relative steps such as “..”.');
  }
  if (uri.scheme === 'runs') {
    const [, run] = uri.path.split('/');
    if (uri.authority !== undefined || runId === '' || run !== runId) throw notTheRuns(source);
  }
  if (uri.scheme === 'mlflow-artifacts' && !(root !== undefined && isBelow(source, root))) {
    throw notTheRuns(source);
  }
}
