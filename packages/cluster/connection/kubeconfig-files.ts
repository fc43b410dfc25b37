import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import { found, quotable } from '@passmuster/core/quote.ts';
import { codeOf, isAbsence } from './files.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** One kubeconfig. */
export interface Document {
  /** For messages. */
  readonly from: string;
  /** Against which its paths are. */
  readonly folder: string;
  readonly currentContext: string;
  readonly contexts: ReadonlyMap<string, Fields>;
  readonly clusters: ReadonlyMap<string, Fields>;
  readonly users: ReadonlyMap<string, Fields>;
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textIn = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};

/** A list of `{name, <kind>: {…}}`; of two of one name the first counts, as for kubectl. */
function named(document: Fields, list: string, kind: string): Map<string, Fields> {
  const all = document[list];
  const by = new Map<string, Fields>();
  for (const entry of Array.isArray(all) ? all : []) {
    if (!isFields(entry)) continue;
    const [name, its] = [textIn(entry, 'name'), entry[kind]];
    if (name !== '' && !by.has(name)) by.set(name, isFields(its) ? its : {});
  }
  return by;
}

/** Only a kubeconfig needs the reader of YAML. */
async function readYamlText(text: string, file: string): Promise<unknown> {
  const [{ Source }, { Problems }, { readYaml }] = await Promise.all([
    import('@passmuster/core/shape/source.ts'),
    import('@passmuster/core/yaml/problems.ts'),
    import('@passmuster/core/yaml/read.ts'),
  ]);
  const problems = new Problems(new Source(text, file));
  const { value } = readYaml(problems, { message: 'This kubeconfig is empty.' }, 'any');
  problems.throwAny();
  return value;
}

export async function documentOf(text: string, from: string, folder: string): Promise<Document> {
  const document = await readYamlText(text, from).catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    const problems = error.problems.map(({ message, place, hint }) => {
      const at = place?.line === undefined ? '' : `, line ${place.line}`;
      // No excerpt: the line may hold a token.
      return { message: `In ${from}${at}: ${message}`, ...(hint !== undefined && { hint }) };
    });
    throw new InputError(problems);
  });
  if (!isFields(document) || !('clusters' in document || 'contexts' in document)) {
    throw new InputError([
      { message: `What stands in ${from} is no kubeconfig: it has neither clusters nor contexts.` },
    ]);
  }
  return {
    from,
    folder,
    currentContext: textIn(document, 'current-context'),
    contexts: named(document, 'contexts', 'context'),
    clusters: named(document, 'clusters', 'cluster'),
    users: named(document, 'users', 'user'),
  };
}

const unreadable = (error: unknown, path: string, by: string): InputError => {
  const says = isAbsence(error) ? 'is not there' : `cannot be read (${codeOf(error)})`;
  const message = `${by} names the kubeconfig ${found(path)}, which ${says}.`;
  return new InputError([{ message, hint: 'Check the path, and who may read it.' }]);
};

/** Those at the paths; with `some`, without those that are not there. */
export async function documentsAt(
  paths: readonly string[],
  by: string,
  { some = false } = {},
): Promise<readonly Document[]> {
  const documents: Document[] = [];
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (some && isAbsence(error)) return undefined;
      throw unreadable(error, path, by);
    });
    if (text === undefined) continue;
    documents.push(await documentOf(text, quotable(path, 200), dirname(resolve(path))));
  }
  return documents;
}
