import { quotable } from '@passmuster/core/quote.ts';
import { invalid, Refusal } from '../refusal.ts';
import { bare } from './tokens.ts';

export interface Order {
  /** What stands before the dot; empty when there is none. */
  readonly entity: string;
  readonly key: string;
  readonly direction: 'ASC' | 'DESC';
}

const LONGEST = 600;
const CLAUSE =
  /^\s*((?:[\p{L}_][\p{L}\p{N}_]*|`[^`]*`|"[^"]*")(?:\s*\.\s*(?:[\p{L}\p{N}_]+|`[^`]*`|"[^"]*"))*)(?:\s+([\p{L}_]+))?\s*$/u;

/** `metrics.loss DESC`, taken apart. */
export function orderOf(clause: string): Order {
  const [, name, direction = 'ASC'] = (clause.length <= LONGEST && CLAUSE.exec(clause)) || [];
  if (name === undefined) {
    throw invalid(`Invalid order_by clause '${quotable(clause)}'. Could not be parsed.`);
  }
  const way = direction.toUpperCase();
  if (way !== 'ASC' && way !== 'DESC') {
    throw invalid(`Invalid ordering key in order_by clause '${quotable(clause)}'.`);
  }
  const [, entity = '', key = name] = /^([^.`"\s]+)\s*\.\s*([\s\S]*)$/.exec(name) ?? [];
  return { entity, key: bare(key), direction: way };
}

/** Nothing may be ordered by the same twice; MLflow answers that as a failure of its own. */
export function checkDistinct(columns: readonly string[]): void {
  if (new Set(columns).size === columns.length) return;
  throw new Refusal('INTERNAL_ERROR', '`order_by` contains duplicate fields');
}

export const invalidKey = (key: string, valid: readonly string[]): Refusal =>
  invalid(
    `Invalid order by key '${quotable(key)}' specified. Valid keys are '${valid.join("', '")}'`,
  );
