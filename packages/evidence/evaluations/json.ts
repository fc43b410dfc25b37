import { MOST_PYTHON_VALUES, parsePythonJson } from '@passmuster/core/strict-json.ts';

const DEEPEST = 64;

/** Native search: a loop over the characters takes as long as to parse them. */
function countOf(sign: string, text: string, most = Number.POSITIVE_INFINITY): number {
  let count = 0;
  let at = text.indexOf(sign);
  for (; at >= 0 && count <= most; at = text.indexOf(sign, at + 1)) count++;
  return count;
}

/** What a value is made of. Goes no deeper than allowed, and says so. */
class Count {
  keys = 0;
  values = 0;
  tooDeep = false;

  of(value: unknown, depth = 1): this {
    this.values++;
    if (typeof value !== 'object' || value === null) return this;
    if (depth > DEEPEST) this.tooDeep = true;
    else if (Array.isArray(value)) for (const item of value) this.of(item, depth + 1);
    else {
      const map = value as Readonly<Record<string, unknown>>;
      for (const key in map) {
        this.keys++;
        this.of(map[key], depth + 1);
      }
    }
    return this;
  }
}

/** Colons in the keys and texts of a value. */
function colonsWithin(value: unknown): number {
  if (typeof value === 'string') return countOf(':', value);
  if (typeof value !== 'object' || value === null) return 0;
  let colons = 0;
  if (Array.isArray(value)) for (const item of value) colons += colonsWithin(item);
  else {
    const map = value as Readonly<Record<string, unknown>>;
    for (const key in map) colons += countOf(':', key) + colonsWithin(map[key]);
  }
  return colons;
}

/**
 * Whether JSON.parse has dropped nothing: it keeps the last of two values under one key, and each
 * key has its colon in the text. Says no when in doubt.
 */
function isWhole(value: unknown, text: string): boolean {
  const { keys, values, tooDeep } = new Count().of(value);
  if (tooDeep || values > MOST_PYTHON_VALUES) return false;
  const colons = countOf(':', text);
  if (keys === colons) return true;
  return !/\\u003a/i.test(text) && keys + colonsWithin(value) === colons;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The value of a JSON text as our own parser reads it. The platform's parser reads most of them in
 * a fraction of the time; whatever it may have read otherwise is read again.
 */
export function readJson(text: string, file: string): unknown {
  const opened = countOf('{', text, MOST_PYTHON_VALUES) + countOf('[', text, MOST_PYTHON_VALUES);
  const value = opened > MOST_PYTHON_VALUES ? undefined : parsed(text);
  return value !== undefined && isWhole(value, text) ? value : parsePythonJson(text, file);
}
