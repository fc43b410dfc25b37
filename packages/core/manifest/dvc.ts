import type { Path } from '../shape/shape.ts';
import { Source } from '../shape/source.ts';
import { Problems } from '../yaml/problems.ts';
import { readYaml } from '../yaml/read.ts';
import { offsetOf } from '../yaml/tree.ts';
import { Complaints, checkEntries, type Entry, type Manifest } from './entry.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const OLD =
  'This .dvc file was written by DVC 2, whose MD5 of a text file leaves out carriage returns; ' +
  'if the file is text, write its .dvc again with DVC 3.';

/** The one file that a `.dvc` file tracks. Whatever else lies beside it is not its concern. */
export function parseDvc(text: string, file: string): Manifest {
  const problems = new Problems(new Source(text, file));
  const tree = readYaml(problems, { message: 'This .dvc file is empty.' });
  problems.throwAny();
  const fail = (path: Path, message: string, hint?: string): never =>
    problems.fail(offsetOf(tree, path, 'key'), { message, hint });

  const document = isFields(tree.value) ? tree.value : fail([], 'This is no .dvc file.');
  const outs = document['outs'];
  if (!Array.isArray(outs) || outs.length !== 1) {
    return fail(
      ['outs'],
      'A .dvc file of exactly one output is read here (`outs` with one entry).',
    );
  }
  if (document['wdir'] !== undefined && document['wdir'] !== '.') {
    return fail(
      ['wdir'],
      'A .dvc file with another `wdir` is not read.',
      'Track the file where it lies.',
    );
  }
  const out: unknown = outs[0];
  const at: Path = ['outs', 0];
  if (!isFields(out)) return fail(at, 'An output has `path`, `md5` and `size`.');
  const { path, md5, size, hash } = out;
  if (typeof path !== 'string') return fail(at, '`path` of the output must be a text.');
  if (typeof md5 !== 'string') return fail(at, '`md5` of the output must be a text.');
  if (md5.endsWith('.dir')) {
    return fail(
      [...at, 'md5'],
      'This .dvc file tracks a folder, and only those of a single file are read.',
      'Make a manifest of the folder with `write: true`.',
    );
  }
  if (hash !== undefined && hash !== 'md5') return fail([...at, 'hash'], '`hash` must be md5.');
  if (size !== undefined && !(Number.isSafeInteger(size) && (size as number) >= 0)) {
    return fail([...at, 'size'], '`size` of the output must be a whole number.');
  }
  const entry: Entry = { path, md5, ...(typeof size === 'number' && { size }) };
  const complaints = new Complaints(file);
  checkEntries([entry], complaints, () => problems.source.place(offsetOf(tree, at, 'key')).line);
  complaints.throwIfAny();
  return { kind: 'dvc', entries: [entry], whole: false, ...(hash === undefined && { note: OLD }) };
}
