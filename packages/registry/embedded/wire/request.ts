import { quotable } from '@passmuster/core/quote.ts';
import { invalid, type Refusal } from '../refusal.ts';
import {
  Ambiguous,
  type Fields,
  flag,
  isObject,
  type Json,
  type ValuesOf,
  valuesIn,
} from './fields.ts';

const SEE = 'See the API docs for more information about request parameters.';

/** Kinds of values as Python names them: that is how MLflow's messages read. */
function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (value === null) return 'NoneType';
  return Array.isArray(value) ? 'list' : 'dict';
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `"${quotable(value)}"`;
  if (Array.isArray(value)) return '[…]';
  return typeof value === 'object' && value !== null ? '{…}' : String(value);
}

export const mismatch = (name: string, found: unknown): Refusal =>
  invalid(
    `Invalid value ${shown(found)} for parameter '${name}' supplied:  ` +
      `Hint: Value was of type '${kindOf(found)}'. ${SEE}`,
  );

export const missingValue = (name: string): Refusal =>
  invalid(`Missing value for required parameter '${name}'. ${SEE}`);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // MLflow takes what it cannot read for nothing, and then misses what it needs.
    return undefined;
  }
}

/** What a body says. Old clients encoded theirs twice. */
export function jsonOf(body: string): Json {
  const once = parsed(body);
  const value = typeof once === 'string' ? parsed(once) : once;
  return isObject(value) ? value : {};
}

/** What a query says: repeated keys where a field takes several. */
export function queryOf(query: URLSearchParams, fields: Fields): Json {
  const raw: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const [first, ...more] = query.getAll(name);
    if (first === undefined) continue;
    raw[name] = field.many ? [first, ...more] : field === flag ? truth(first) : first;
  }
  return raw;
}

function truth(text: string): boolean {
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  throw invalid(`Invalid boolean value: ${quotable(text)}, must be 'true' or 'false'.`);
}

/** Reads what was sent; of what is required it counts how it is really called, as in MLflow. */
export function readRequest<F extends Fields>(
  raw: Json,
  fields: F,
  required: readonly string[],
): ValuesOf<F> {
  try {
    const values = valuesIn(raw, fields, (name, found) => {
      throw mismatch(name, found);
    });
    for (const name of required) {
      const given = Object.hasOwn(raw, name) ? raw[name] : undefined;
      if (given === undefined || given === null || given === '') throw missingValue(name);
    }
    return values;
  } catch (error) {
    throw error instanceof Ambiguous ? invalid(error.message) : error;
  }
}
