/** A semantic version, 2.0.0, without build metadata. */
export interface SemanticVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** What stands after `-`, between dots; empty for a release. */
  readonly prerelease: readonly string[];
}

export type Level = 'major' | 'minor' | 'patch';

/** Longer ones are dates, hashes or accidents, and no number is then read inexactly. */
const MOST_DIGITS = 9;
const LONGEST = 100;

const NUMBER = /^(?:0|[1-9][0-9]*)$/;
const DIGITS = /^[0-9]+$/;
const IDENTIFIER = /^[0-9A-Za-z-]+$/;

function numberProblem(number: string, what: string): string | undefined {
  if (!DIGITS.test(number)) return `does not have digits alone as ${what}`;
  if (!NUMBER.test(number)) return `has a leading zero in ${what}`;
  if (number.length > MOST_DIGITS) return `has more than ${MOST_DIGITS} digits in ${what}`;
  return undefined;
}

function prereleaseProblem(prerelease: string): string | undefined {
  for (const identifier of prerelease.split('.')) {
    if (identifier === '') return 'has an empty part in its pre-release';
    if (!IDENTIFIER.test(identifier)) {
      return 'has another character in its pre-release than ASCII letters, digits and `-`';
    }
    const wrong =
      DIGITS.test(identifier) && numberProblem(identifier, 'a number of its pre-release');
    if (wrong) return wrong;
  }
  return undefined;
}

function problemOf(text: string): string | undefined {
  if (text.length > LONGEST) return `has more than ${LONGEST} characters`;
  if (text.startsWith('V')) return 'starts with a capital `V`; write `v`';
  if (text.includes('+')) {
    return 'has build metadata (`+…`); versions that differ in nothing else are equal, so it can tell none apart';
  }
  const [core = '', prerelease] = split(text);
  const numbers = core.split('.');
  if (numbers.length !== 3) return 'has not three numbers between dots, as `v1.2.0` has';
  for (const [index, what] of ['major', 'minor', 'patch'].entries()) {
    const wrong = numberProblem(numbers[index] ?? '', `its ${what} number`);
    if (wrong) return wrong;
  }
  return prerelease === undefined ? undefined : prereleaseProblem(prerelease);
}

/** The numbers, and what stands after the first `-`. */
function split(text: string): [string, string | undefined] {
  const plain = text.startsWith('v') ? text.slice(1) : text;
  const dash = plain.indexOf('-');
  return dash < 0 ? [plain, undefined] : [plain.slice(0, dash), plain.slice(dash + 1)];
}

/** `v1.2.0` or `1.2.0`, or why it is neither: a sentence that finishes "it …". */
export function parseSemantic(text: string): SemanticVersion | { readonly refused: string } {
  const refused = problemOf(text);
  if (refused !== undefined) return { refused };
  const [core, prerelease] = split(text);
  const [major = 0, minor = 0, patch = 0] = core.split('.').map(Number);
  return { major, minor, patch, prerelease: prerelease?.split('.') ?? [] };
}

/** The one way to write it: `v1.2.0`, `v2.0.0-rc.1`. */
export const formatSemantic = ({ major, minor, patch, prerelease }: SemanticVersion): string =>
  `v${major}.${minor}.${patch}${prerelease.length > 0 ? `-${prerelease.join('.')}` : ''}`;

export const isRelease = ({ prerelease }: SemanticVersion): boolean => prerelease.length === 0;

function compareIdentifiers(a: string, b: string): number {
  const [numeric, otherNumeric] = [DIGITS.test(a), DIGITS.test(b)];
  if (numeric && otherNumeric) return Number(a) - Number(b);
  if (numeric !== otherNumeric) return numeric ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [index, identifier] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = compareIdentifiers(identifier, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Negative when the first one comes before the other; 0 only when they are the same. */
export const compareSemantic = (a: SemanticVersion, b: SemanticVersion): number =>
  a.major - b.major ||
  a.minor - b.minor ||
  a.patch - b.patch ||
  comparePrereleases(a.prerelease, b.prerelease);

/** The first number in which the two differ; nothing when all three are equal. */
export const levelBetween = (a: SemanticVersion, b: SemanticVersion): Level | undefined =>
  (['major', 'minor', 'patch'] as const).find((level) => a[level] !== b[level]);

/** The next release; that of a pre-release is the release it was made for, where that is enough. */
export function bumped(version: SemanticVersion, level: Level): SemanticVersion {
  const { major, minor, patch } = version;
  const pending = !isRelease(version);
  const next = (numbers: readonly [number, number, number]): SemanticVersion => ({
    major: numbers[0],
    minor: numbers[1],
    patch: numbers[2],
    prerelease: [],
  });
  if (level === 'major') return next([pending && minor + patch === 0 ? major : major + 1, 0, 0]);
  if (level === 'minor') return next([major, pending && patch === 0 ? minor : minor + 1, 0]);
  return next([major, minor, pending ? patch : patch + 1]);
}
