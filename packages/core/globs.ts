type One = (codePoint: number) => boolean;
/** A piece of a name: one character that fits, or any number of them. */
type Token = One | '*';
/** A name, or any number of whole names. */
type Segment = readonly Token[] | typeof EVERY_DEPTH;

const EVERY_DEPTH = Symbol('**');

const point = (character: string): number => character.codePointAt(0) ?? 0;

/** The set between brackets, from the character after `[`, and where it ended. */
function parseSet(name: readonly string[], start: number): { one: One; end: number } | string {
  const negated = name[start] === '!';
  const first = negated ? start + 1 : start;
  const end = name.indexOf(']', first);
  if (end === -1) return 'has a "[" without "]"';
  if (end === first) return 'has nothing between "[" and "]"';
  if (name[first] === '^') return 'has "[^"; write "[!" for characters that must not stand there';
  const inside = name.slice(first, end);
  if (/\[[:.=]/.test(inside.join(''))) return 'has a named class; write the characters themselves';
  const ranges: (readonly [number, number])[] = [];
  for (let index = 0; index < inside.length; index++) {
    const from = point(inside[index] ?? '');
    const last = inside[index + 2];
    const to = inside[index + 1] === '-' && last !== undefined ? point(last) : undefined;
    if (to !== undefined) index += 2;
    if (to !== undefined && to < from) return 'has a range that runs backwards';
    ranges.push([from, to ?? from]);
  }
  const one = (codePoint: number) =>
    ranges.some(([from, to]) => codePoint >= from && codePoint <= to) !== negated;
  return { one, end };
}

function parseName(text: string): readonly Token[] | string {
  const name = Array.from(text);
  const tokens: Token[] = [];
  for (let index = 0; index < name.length; index++) {
    const character = name[index] ?? '';
    if (character === '*') {
      tokens.push('*');
    } else if (character === '?') {
      tokens.push(() => true);
    } else if (character === '[') {
      const set = parseSet(name, index + 1);
      if (typeof set === 'string') return set;
      tokens.push(set.one);
      index = set.end;
    } else if (character === '{' || character === '}') {
      return 'has a brace; write a pattern for each alternative, or "[{]" for the character itself';
    } else {
      const wanted = point(character);
      tokens.push((codePoint) => codePoint === wanted);
    }
  }
  return tokens;
}

function parseSegment(name: string): Segment | string {
  if (name === '') return 'has two slashes in a row';
  if (name === '.' || name === '..') return `has a "${name}" in it; leave it out`;
  if (name === '**') return EVERY_DEPTH;
  if (name.includes('**')) {
    return 'has "**" beside other characters; it stands alone, as in "**/*.md"';
  }
  return parseName(name);
}

function parse(pattern: string): readonly Segment[] | string {
  if (pattern === '') return 'is empty';
  if (pattern.startsWith('!')) {
    return 'begins with "!"; patterns only add, so leave out what is not meant';
  }
  if (pattern.startsWith('/')) return 'begins with "/"; patterns are relative to the folder';
  if (pattern.includes('\\')) {
    return 'has a backslash; write "/" between names and a special character in brackets, as "[*]"';
  }
  const segments: Segment[] = [];
  for (const name of (pattern.endsWith('/') ? `${pattern}**` : pattern).split('/')) {
    const segment = parseSegment(name);
    if (typeof segment === 'string') return segment;
    segments.push(segment);
  }
  // What is below a folder has at least one more name: `docs/**` is not `docs`.
  if (segments.at(-1) === EVERY_DEPTH) segments.push(['*']);
  return segments;
}

/**
 * Fits pattern to text, where a wild piece stands for any number of elements. Only the last wild
 * piece is ever tried again: what an earlier one took cannot help a later one. So the cost is at
 * most the product of both lengths, whatever the pattern.
 */
function fits<Piece, Element>(
  pattern: readonly Piece[],
  text: readonly Element[],
  isWild: (piece: Piece) => boolean,
  fitsOne: (piece: Piece, element: Element) => boolean,
): boolean {
  let at = 0;
  let wild = -1;
  let retry = 0;
  for (let index = 0; index < text.length; ) {
    const piece = pattern[at];
    const element = text[index];
    if (piece !== undefined && isWild(piece)) {
      wild = at++;
      retry = index;
    } else if (piece !== undefined && element !== undefined && fitsOne(piece, element)) {
      at++;
      index++;
    } else if (wild !== -1) {
      at = wild + 1;
      index = ++retry;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every(isWild);
}

const fitsName = (tokens: readonly Token[], name: readonly number[]): boolean =>
  fits(
    tokens,
    name,
    (token) => token === '*',
    (token, codePoint) => token !== '*' && token(codePoint),
  );

const fitsPath = (segments: readonly Segment[], names: readonly (readonly number[])[]): boolean =>
  fits(
    segments,
    names,
    (segment) => segment === EVERY_DEPTH,
    (segment, name) => segment !== EVERY_DEPTH && fitsName(segment, name),
  );

/** Why a pattern is refused, in words that go on from its name. */
export function globProblem(pattern: string): string | undefined {
  const parsed = parse(pattern);
  return typeof parsed === 'string' ? parsed : undefined;
}

/**
 * Whether a path fits any of the patterns. They are written like the `paths` of a workflow:
 * relative to the folder and for the whole path, so `*.md` is the root only; every depth is asked for
 * by `**` before it. The way of .gitignore would let in more than somebody may have meant.
 *
 * `*` stands for any characters of one name (a leading dot too), `?` for one character, `[a-z]` and
 * `[!a-z]` for one of a set, `**` for any number of folders, a trailing `/` for all that is below.
 * Case counts. A pattern with a `globProblem` fits nothing.
 */
export function compileGlobs(patterns: readonly string[]): (path: string) => boolean {
  const compiled = patterns.map(parse).filter((parsed) => typeof parsed !== 'string');
  return (path) => {
    const names = path.split('/').map((name) => Array.from(name, point));
    return compiled.some((segments) => fitsPath(segments, names));
  };
}
