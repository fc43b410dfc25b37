import { InputError } from '@passmuster/core/errors.ts';
import { quotable } from '@passmuster/core/quote.ts';

const SCHEME = 'mlflow-artifacts:/';
const CONTROL = /\p{Cc}/u;

/** The path that `mlflow-artifacts:/…` names; whatever could lead elsewhere is refused, not mended. */
export function artifactPath(uri: string): string {
  if (!uri.startsWith(SCHEME)) {
    throw refused(uri, 'is not behind the file proxy of MLflow, `mlflow-artifacts:/…`');
  }
  const path = uri.slice(SCHEME.length);
  if (path.startsWith('/')) {
    throw refused(uri, 'names a host, or an absolute path; expected `mlflow-artifacts:/…`');
  }
  const problem = pathProblem(path);
  if (problem !== undefined) throw refused(uri, problem);
  return path;
}

function pathProblem(path: string): string | undefined {
  if (!path.isWellFormed()) return 'holds half of a surrogate pair';
  if (path.includes('\\')) return 'holds a backslash';
  if (CONTROL.test(path)) return 'holds a control character';
  for (const step of path.split('/')) {
    if (step === '') return 'holds an empty step';
    if (step === '.' || step === '..') return `holds the step \`${step}\``;
  }
  return undefined;
}

const refused = (uri: string, problem: string): InputError =>
  new InputError([
    {
      message: `The file ${quotable(uri, 200)} ${problem}.`,
      hint: 'Expected is the path of a file as MLflow gives it, such as `mlflow-artifacts:/1/<run>/artifacts/model/MLmodel`.',
    },
  ]);

/** Each step encoded, and only once: the server decodes once. */
export const encodedPath = (path: string): string =>
  path.split('/').map(encodeURIComponent).join('/');

export function folderAndName(path: string): { folder: string; name: string } {
  const slash = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(0, slash)), name: path.slice(slash + 1) };
}
