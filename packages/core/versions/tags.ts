import { LineProblems, type OfLines } from './lines.ts';

const LONGEST_KEY = 250;
/** MLflow before 3 takes no more than 5,000 in a tag. */
const LONGEST_VALUE = 4500;

/** Nearly every key; the pattern after it takes longer to compile than a short run takes. */
const PLAIN_KEY = /^[/\w.\- :]+$/;
const KEY = /^[/\p{L}\p{N}_.\- :]+$/u;

/** Some of the databases under a registry do not tell case apart. */
const RESERVED = /^(?:passmuster|mlflow)\./i;

function keyRefusal(key: string): string | undefined {
  if (key === '') return 'has no key before its `=`';
  if (key.length > LONGEST_KEY) return `has a key of more than ${LONGEST_KEY} characters`;
  if (!PLAIN_KEY.test(key) && !KEY.test(key)) {
    return 'has another character in its key than letters, digits, spaces, `/`, `_`, `.`, `-` and `:`';
  }
  if (RESERVED.test(key)) {
    return 'has a key that starts with `passmuster.` or `mlflow.`; those are written by the programs of that name';
  }
  // The registry takes a key for a path, and only in its shortest form.
  if (key.split('/').some((name) => name === '' || name === '.' || name === '..')) {
    return 'has an empty name, a `.` or a `..` between the slashes of its key';
  }
  return undefined;
}

function valueRefusal(value: string): string | undefined {
  if (!value.isWellFormed()) return 'has half a character (a lone surrogate) in its value';
  if (value.length <= LONGEST_VALUE || [...value].length <= LONGEST_VALUE) return undefined;
  return `has a value of more than ${LONGEST_VALUE} characters`;
}

function missing(line: string): string {
  const [, key = 'team', value = 'nlp'] = /^([\w.-]{1,40})\s*:\s*([\w.-]{1,40})$/.exec(line) ?? [];
  return `Write \`key=value\`, for example \`${key}=${value}\`.`;
}

/** Lines of `key=value`: keys may hold a `:`, so that it cannot be the sign between the two. */
export function readTags(lines: readonly string[]): OfLines<ReadonlyMap<string, string>> {
  const problems = new LineProblems('tags');
  const tags = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    const sign = line.indexOf('=');
    if (sign < 0) {
      problems.add(index, line, 'has no `=`', missing(line));
      continue;
    }
    const [key, value] = [line.slice(0, sign).trim(), line.slice(sign + 1).trim()];
    const again = tags.has(key) ? 'has a key that was given before' : undefined;
    const refused = keyRefusal(key) ?? again ?? valueRefusal(value);
    if (refused === undefined) tags.set(key, value);
    else problems.add(index, line, refused);
  }
  return problems.or(tags);
}
