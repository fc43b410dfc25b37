import { quotable } from '@passmuster/core/quote.ts';
import { invalid, type Refusal } from '../refusal.ts';

export const LONGEST_KEY = 250;
const LONGEST_ALIAS = 255;

const ASCII_KEY = /^[/A-Za-z0-9_.\- :]*$/;
const ANY_KEY = /^[/\p{L}\p{N}_.\- :]*$/u;
const ASCII_ALIAS = /^[A-Za-z0-9_-]*$/;
const ANY_ALIAS = /^[\p{L}\p{N}_-]*$/u;
const ASCII = /^[\x20-\x7e]*$/;

/** The pattern with Unicode in it is slow to compile, and hardly ever needed. */
const fits = (text: string, ascii: RegExp, any: RegExp): boolean =>
  ascii.test(text) || (!ASCII.test(text) && any.test(text));

const missingValue = (path: string): Refusal =>
  invalid(`Missing value for required parameter '${path}'.`);

export const tooLong = (what: string, limit: number): Refusal =>
  invalid(`'${what}' exceeds the maximum length of ${limit} characters`);

const wrong = (path: string, value: string, why: string): Refusal =>
  invalid(`Invalid value "${quotable(value)}" for parameter '${path}' supplied: ${why}`);

/** What a name comes to when it is taken for a path, as MLflow's stores on disk did. */
function asPath(name: string): string {
  const steps: string[] = [];
  const rooted = name.startsWith('/');
  for (const step of name.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else if (!rooted) steps.push('..');
  }
  return (rooted ? '/' : '') + steps.join('/') || '.';
}

function checkAsPath(name: string, path: string): void {
  const resolved = asPath(name);
  if (resolved === name && name !== '.' && !name.startsWith('/') && !name.startsWith('..')) return;
  throw wrong(
    path,
    name,
    'Names may be treated as files in certain cases, and must not resolve to other names when ' +
      `treated as such. This name would resolve to '${quotable(resolved)}'`,
  );
}

export function checkModelName(name: string, path = 'name'): void {
  if (name.trim() === '') throw missingValue(path);
  if (/[/:]/.test(name)) {
    throw invalid(`Invalid model name '${quotable(name)}'. Names cannot contain '/' or ':'.`);
  }
  checkAsPath(name, 'name');
}

/** Keys of tags, parameters and metrics. */
export function checkKey(key: string, path = 'key', what = path): void {
  if (!fits(key, ASCII_KEY, ANY_KEY)) {
    throw wrong(
      path,
      key,
      'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), ' +
        'spaces ( ), colon(:) and slashes (/).',
    );
  }
  checkAsPath(key, path);
  if (key.length > LONGEST_KEY) throw tooLong(what, LONGEST_KEY);
}

export function checkAlias(alias: string): void {
  if (!fits(alias, ASCII_ALIAS, ANY_ALIAS)) {
    throw invalid(
      `Invalid alias name: '${quotable(alias)}'. ` +
        'Names may only contain alphanumerics, underscores (_), and dashes (-).',
    );
  }
  if (alias.length > LONGEST_ALIAS) throw tooLong('Registered model alias name', LONGEST_ALIAS);
}

export const isLatest = (alias: string): boolean => alias.toLowerCase() === 'latest';

/** Names that stand for something else, and so for no alias. */
export function checkUnreserved(alias: string): void {
  if (isLatest(alias)) throw invalid("'latest' alias name (case insensitive) is reserved.");
  if (/^v\d+$/i.test(alias)) throw invalid(`Version alias name '${alias}' is reserved.`);
}

/** A version's number as it stands in a request: `7`, and `07` too. */
export function versionNumber(version: string): number {
  if (/^\s*[+-]?\d+\s*$/.test(version)) return Number(version);
  throw invalid(`Parameter 'version' must be an integer, got '${quotable(version)}'.`);
}
