import { InputError, type Problem } from '../errors.ts';
import { MAX_FILES, pathProblem, twins } from '../paths.ts';

/** What a manifest says of one file. */
export interface Entry {
  readonly path: string;
  readonly size?: number;
  readonly sha256?: string;
  readonly md5?: string;
}

/** What stands on disk. */
export interface DigestedFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

export interface Manifest {
  readonly kind: 'passmuster' | 'sha256sums' | 'dvc';
  readonly entries: readonly Entry[];
  /** Whether the manifest speaks of the whole folder, so that any other file is one too many. */
  readonly whole: boolean;
  /** What a reader should know when files differ. */
  readonly note?: string;
}

const LENGTHS = { md5: 32, sha256: 64 } as const;
const NAMES: Record<number, string> = {
  32: 'an MD5',
  40: 'a SHA-1',
  96: 'a SHA-384',
  128: 'a SHA-512',
};

/** Why this is no digest of that kind; a sentence that finishes "the sha256 …". */
export function digestProblem(hex: string, algorithm: keyof typeof LENGTHS): string | undefined {
  const length = LENGTHS[algorithm];
  if (!/^[0-9a-f]*$/i.test(hex)) return 'is not hexadecimal';
  if (hex.length !== length) {
    const other = NAMES[hex.length];
    return `has ${hex.length} hexadecimal digits${other ? `, as ${other} has` : ''}; it must have ${length}`;
  }
  if (hex !== hex.toLowerCase()) return 'is written in capital letters; digests are lower case';
  return undefined;
}

const MOST_PROBLEMS = 20;

/** Collects what is wrong with a manifest, without drowning the reader. */
export class Complaints {
  readonly #problems: Problem[] = [];
  #more = 0;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  add(message: string, line?: number): void {
    if (this.#problems.length >= MOST_PROBLEMS) this.#more++;
    else this.#problems.push({ message, place: { file: this.#file, ...(line && { line }) } });
  }

  throwIfAny(): void {
    if (this.#problems.length === 0) return;
    if (this.#more > 0) this.#problems.push({ message: `… and ${this.#more} more like these.` });
    throw new InputError(this.#problems);
  }
}

/** What no manifest may hold, whatever its format. `lineOf` says where an entry stands. */
export function checkEntries(
  entries: readonly Entry[],
  complaints: Complaints,
  lineOf: (index: number) => number | undefined,
): void {
  if (entries.length === 0)
    complaints.add('The manifest names no file, so there is nothing to verify.');
  if (entries.length > MAX_FILES) {
    complaints.add(
      `The manifest has more than ${MAX_FILES} entries; a model of so many files must be packed.`,
    );
    complaints.throwIfAny();
  }
  const lines = new Map<string, number | undefined>();
  for (const [index, entry] of entries.entries()) {
    const named = JSON.stringify(entry.path.slice(0, 120));
    const problem = pathProblem(entry.path);
    if (problem) complaints.add(`The path ${named} is refused: it ${problem}.`, lineOf(index));
    if (lines.has(entry.path)) complaints.add(`${named} is listed twice.`, lineOf(index));
    lines.set(entry.path, lineOf(index));
    if (entry.sha256 === undefined && entry.md5 === undefined) {
      complaints.add(`${named} has no digest.`, lineOf(index));
    }
    for (const algorithm of ['sha256', 'md5'] as const) {
      const digest = entry[algorithm];
      const wrong = digest === undefined ? undefined : digestProblem(digest, algorithm);
      if (wrong) complaints.add(`The ${algorithm} of ${named} ${wrong}.`, lineOf(index));
    }
  }
  for (const [one, other] of twins(lines.keys())) {
    complaints.add(
      `${JSON.stringify(one)} and ${JSON.stringify(other)} are one name on some systems; rename one of them.`,
      lines.get(other),
    );
  }
}
