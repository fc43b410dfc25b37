import { parseStrictJson } from '../strict-json.ts';
import {
  Complaints,
  checkEntries,
  type DigestedFile,
  digestProblem,
  type Manifest,
} from './entry.ts';
import { modelSigningDigest, rootDigest, sorted } from './root.ts';

/** The manifest as text: sorted, a line for each file, the same bytes on every run. */
export function manifestText(files: readonly DigestedFile[]): string {
  const lines = sorted(files).map(
    ({ path, size, sha256 }) => `    ${JSON.stringify({ path, size, sha256 })}`,
  );
  return [
    '{',
    '  "passmuster_manifest": 1,',
    `  "root": "${rootDigest(files)}",`,
    `  "model_signing_root": "${modelSigningDigest(files)}",`,
    '  "files": [',
    lines.join(',\n'),
    '  ]',
    '}',
    '',
  ].join('\n');
}

const KEYS = ['passmuster_manifest', 'root', 'model_signing_root', 'files'];

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function entryProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'is no object';
  const keys = Object.keys(value).sort().join(' ');
  if (keys !== 'path sha256 size') return 'must have path, size and sha256, and nothing else';
  if (typeof value['path'] !== 'string') return 'has a path that is no text';
  if (typeof value['sha256'] !== 'string') return 'has a sha256 that is no text';
  const size = value['size'];
  if (!Number.isSafeInteger(size) || (size as number) < 0)
    return 'has a size that is no whole number';
  return undefined;
}

function digestOf(document: Fields, key: string, complaints: Complaints): string {
  const [, digest] = /^sha256:(.*)$/s.exec(String(document[key])) ?? [];
  if (digest === undefined) {
    complaints.add(`\`${key}\` must be sha256: and 64 hexadecimal digits.`);
    return '';
  }
  const problem = digestProblem(digest, 'sha256');
  if (problem) complaints.add(`The digest in \`${key}\` ${problem}.`);
  return problem ? '' : `sha256:${digest}`;
}

/** A manifest of ours. Whatever is not exactly as we would have written it is refused. */
export function parseDocument(text: string, file: string): Manifest {
  const complaints = new Complaints(file);
  const document = parseStrictJson(text, file);
  if (!isObject(document) || document['passmuster_manifest'] !== 1) {
    complaints.add(
      'This is no manifest that this version reads: `"passmuster_manifest": 1` is missing.',
    );
    complaints.throwIfAny();
    return { kind: 'passmuster', entries: [], whole: true };
  }
  for (const key of Object.keys(document)) {
    if (!KEYS.includes(key))
      complaints.add(`A manifest has no key ${JSON.stringify(key.slice(0, 60))}.`);
  }
  const root = digestOf(document, 'root', complaints);
  const signed = digestOf(document, 'model_signing_root', complaints);
  const list = document['files'];
  if (!Array.isArray(list)) complaints.add('`files` must be a list.');
  const values: readonly unknown[] = Array.isArray(list) ? list : [];
  for (const [index, value] of values.entries()) {
    const problem = entryProblem(value);
    if (problem) complaints.add(`Entry ${index + 1} of \`files\` ${problem}.`);
  }
  complaints.throwIfAny();

  const files = values as readonly DigestedFile[];
  checkEntries(files, complaints, () => undefined);
  complaints.throwIfAny();
  const edited = 'It was edited or cut; make it anew where the files are known to be good.';
  if (root !== rootDigest(files))
    complaints.add(`\`root\` is not the digest of the files listed. ${edited}`);
  if (signed !== modelSigningDigest(files)) {
    complaints.add(`\`model_signing_root\` is not the digest of the files listed. ${edited}`);
  }
  complaints.throwIfAny();
  return { kind: 'passmuster', entries: files, whole: true };
}
