import { digestProblem } from '../manifest/entry.ts';
import { visible } from '../visible.ts';
import type { Dataset } from './facts.ts';
import { LineProblems, type OfLines } from './lines.ts';

/** As many as a registry takes in the name of a run's data set, and more than any version label needs. */
const LONGEST = { name: 500, version: 100 } as const;
const MOST = 100;

const HINT =
  'Write one data set a line: its name, its version, its digest, as in `wiki, 2024-11, sha256:` and 64 hexadecimal digits, or `md5:` and 32 as DVC has.';

function digestRefusal(digest: string): string | undefined {
  const [, algorithm, hex = '', directory] = /^(sha256|md5):([^.]*)(\.dir)?$/.exec(digest) ?? [];
  if (algorithm === 'sha256' && directory === undefined) {
    const wrong = digestProblem(hex, 'sha256');
    return wrong && `has a sha256 that ${wrong}`;
  }
  if (algorithm === 'md5') {
    const wrong = digestProblem(hex, 'md5');
    return wrong && `has an md5 that ${wrong}`;
  }
  return 'has no digest as its third part that starts with `sha256:` or `md5:`';
}

function partRefusal(part: 'name' | 'version', text: string): string | undefined {
  if (text === '') return `has no ${part}`;
  if (text.length > LONGEST[part]) return `has a ${part} of more than ${LONGEST[part]} characters`;
  return visible(text) === text ? undefined : `has an invisible character in its ${part}`;
}

function datasetOf(line: string): Dataset | { readonly refused: string } {
  const parts = line.split(',').map((part) => part.trim());
  const [name = '', version = '', digest = ''] = parts;
  if (parts.length !== 3) {
    const count = parts.length === 1 ? '1 part' : `${parts.length} parts`;
    return { refused: `has ${count} between commas; expected 3` };
  }
  const refused =
    partRefusal('name', name) ?? partRefusal('version', version) ?? digestRefusal(digest);
  return refused === undefined ? { name, version, digest } : { refused };
}

/** Lines of `name, version, digest`. */
export function readDatasets(lines: readonly string[]): OfLines<readonly Dataset[]> {
  const problems = new LineProblems('datasets');
  const datasets: Dataset[] = [];
  const first = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const dataset = datasetOf(line);
    if ('refused' in dataset) {
      problems.add(index, line, dataset.refused, HINT);
      continue;
    }
    const key = `${dataset.name},${dataset.version}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else problems.add(index, line, `names the data set and version of line ${earlier + 1} again`);
    datasets.push(dataset);
    if (datasets.length === MOST + 1) problems.add(index, line, `is one more than ${MOST}`);
  }
  return problems.or(datasets);
}
