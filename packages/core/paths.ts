/** More files than any model has; a folder or manifest beyond it is an accident or an attack. */
export const MAX_FILES = 100_000;

const MAX_PATH_BYTES = 4096;
const MAX_NAME_BYTES = 255;

const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)/i;

const BAD_CHARACTERS: readonly (readonly [RegExp, string])[] = [
  [/[\p{Cc}\p{Zl}\p{Zp}]/u, 'a control character'],
  [/[\p{Cf}\p{Default_Ignorable_Code_Point}]/u, 'an invisible character'],
  [/\p{Co}/u, 'a private character, which has no meaning of its own'],
  // Nobody can say yet with which other name an unassigned character will collide, so a newer
  // Node may take what this one refuses. The other way round, twins would pass unseen.
  [/\p{Cn}/u, 'a character that this version of Node does not know'],
  // What a name on disk that is not UTF-8 is read as.
  [/\u{FFFD}/u, 'a part that is not valid UTF-8'],
];

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** The patterns above take longer to compile than a short run takes, and most paths need none of them. */
const PLAIN = /^[\x20-\x7e]*$/;

function badCharacter(path: string): string | undefined {
  if (PLAIN.test(path)) return undefined;
  if (!path.isWellFormed()) return 'holds half a character (a lone surrogate)';
  for (const [pattern, what] of BAD_CHARACTERS) {
    const found = pattern.exec(path);
    if (found) return `holds ${what} (${codePoint(found[0])})`;
  }
  return undefined;
}

function nameProblem(name: string): string | undefined {
  if (name === '') return 'has an empty name between slashes or at its end';
  if (name === '.' || name === '..') return `has a "${name}" in it`;
  if (name.includes(':')) return 'has a ":" in it, which means a drive or a stream on Windows';
  if (/[. ]$/.test(name)) return 'has a name that ends in a dot or a space, which Windows cuts off';
  if (RESERVED.test(name)) return `has a name that Windows keeps for a device ("${name}")`;
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) {
    return `has a name of more than ${MAX_NAME_BYTES} bytes`;
  }
  return undefined;
}

/** Why a relative path, as a manifest or a folder has it, is refused on every system. */
export function pathProblem(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.length > MAX_PATH_BYTES || Buffer.byteLength(path) > MAX_PATH_BYTES) {
    return `is longer than ${MAX_PATH_BYTES} bytes`;
  }
  const character = badCharacter(path);
  if (character) return character;
  if (path.startsWith('\\\\') || path.startsWith('//')) return 'names another machine (UNC)';
  if (/^[a-z]:/i.test(path)) return 'names a drive';
  if (path.startsWith('/')) return 'is absolute; it must be relative to the folder';
  if (path.includes('\\')) return 'has a backslash; write "/" between names';
  for (const name of path.split('/')) {
    const problem = nameProblem(name);
    if (problem) return problem;
  }
  return undefined;
}

/** UTF-16 puts the surrogates of astral characters before U+E000; code points have them last. */
const rank = (unit: number): number =>
  unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;

/** The order of UTF-8 bytes, which other languages sort by; JavaScript's own differs. */
export function byCodePoint(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/**
 * Equal for paths that some file system takes for one: macOS ignores the Unicode form, macOS and
 * Windows the case. NFKC and both case mappings fold more than any of them does (ß is SS, the
 * Kelvin sign is K), so nothing slips between two systems' tables.
 */
export const twinKey = (path: string): string =>
  path.normalize('NFKC').toLowerCase().toUpperCase().normalize('NFKC');

interface Folder {
  readonly number: number;
  readonly spelling: string;
  readonly path: string;
}

/**
 * Paths that collide somewhere, each beside the first one that it collides with. `Data/x` and
 * `data/y` do too: their folders are one where case is ignored. The same path twice is no twin.
 */
export function twins(paths: Iterable<string>): (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  const known = new Map<string, Folder>();
  for (const path of paths) {
    let parent = 0;
    for (const spelling of path.split('/')) {
      // Names are looked up below their parent's number: whole prefixes would cost the square.
      const key = `${parent}/${twinKey(spelling)}`;
      let folder = known.get(key);
      if (!folder) {
        folder = { number: known.size + 1, spelling, path };
        known.set(key, folder);
      } else if (folder.spelling !== spelling) {
        pairs.push([folder.path, path]);
        break;
      }
      parent = folder.number;
    }
  }
  return pairs;
}
