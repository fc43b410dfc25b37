import { MAX_FILES } from '../paths.ts';
import { Complaints, checkEntries, type Entry, type Manifest } from './entry.ts';

/** `<digest>  name`, with `*` before the name in binary mode, and a backslash first where it is escaped. */
const PLAIN = /^(\\?)([0-9A-Za-z]+) [ *](.*)$/s;
/** What `sha256sum --tag` writes. */
const TAGGED = /^(\\?)SHA256 \((.*)\) = ([0-9A-Za-z]+)$/s;

const ESCAPES: Record<string, string> = { '\\\\': '\\', '\\n': '\n', '\\r': '\r' };

const unescaped = (name: string): string =>
  name.replace(/\\[\\nr]/g, (pair) => ESCAPES[pair] ?? pair);

function entryOf(line: string): Entry | undefined {
  const tagged = TAGGED.exec(line);
  const [, escaped, sha256, name] = tagged
    ? [tagged[0], tagged[1], tagged[3], tagged[2]]
    : (PLAIN.exec(line) ?? []);
  if (sha256 === undefined || name === undefined) return undefined;
  const path = escaped ? unescaped(name) : name;
  // `find . -exec sha256sum` writes every name so; it is the same file.
  return { path: path.replace(/^\.\//, ''), sha256 };
}

/** One by one: a file of nothing but line breaks would be millions of texts at once. */
function* linesOf(text: string): Generator<[number, string]> {
  let start = 0;
  for (let number = 1; start < text.length; number++) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    if (end > start) yield [number, text.slice(start, end)];
    start = end + 1;
  }
}

/** What would otherwise be said of every line. */
function formatProblem(text: string): string | undefined {
  if (text.startsWith('\ufeff'))
    return 'The file starts with a byte order mark; save it without one.';
  if (/^[^\n]*\r\n/.test(text))
    return 'The file has Windows line ends (CR LF); convert them to LF.';
  return undefined;
}

/** A `SHA256SUMS` file as `sha256sum` writes it. */
export function parseSums(text: string, file: string): Manifest {
  const complaints = new Complaints(file);
  const broken = formatProblem(text);
  if (broken) complaints.add(broken, 1);
  complaints.throwIfAny();
  const entries: Entry[] = [];
  const lines: number[] = [];
  for (const [number, line] of linesOf(text)) {
    const entry = entryOf(line);
    if (entry === undefined) {
      complaints.add(
        'This line is not as sha256sum writes it: a digest, two spaces, a name.',
        number,
      );
      continue;
    }
    entries.push(entry);
    lines.push(number);
    if (entries.length > MAX_FILES) break;
  }
  complaints.throwIfAny();
  checkEntries(entries, complaints, (index) => lines[index]);
  complaints.throwIfAny();
  return { kind: 'sha256sums', entries, whole: true };
}
