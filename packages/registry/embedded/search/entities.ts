import { quotable } from '@passmuster/core/quote.ts';
import { invalid, type Refusal } from '../refusal.ts';
import type { Condition, Operand } from './conditions.ts';
import { bare } from './tokens.ts';

/** Of models, versions and experiments; runs have more. */
export type Entity = 'attribute' | 'tag';

/** What a condition of a model, a version or an experiment is about. */
export function entityOf({ entity, key }: Condition, attributes: readonly string[]): Entity {
  if (entity === 'tag' || entity === 'tags') return 'tag';
  if (entity !== '' && entity !== 'attribute') {
    throw invalid(
      `Invalid entity type '${quotable(entity)}'. Valid entity types are ('attribute', 'tag', 'tags')`,
    );
  }
  if (!attributes.includes(key)) throw invalidAttribute(key, attributes);
  return 'attribute';
}

export const invalidAttribute = (key: string, valid: readonly string[]): Refusal =>
  invalid(
    `Invalid attribute key '${quotable(key)}' specified. Valid keys are '${valid.join("', '")}'`,
  );

export const invalidComparator = (what: string, comparator: string): Refusal =>
  invalid(`Invalid comparator for ${what}: ${quotable(comparator)}`);

const written = (operand: Operand): string => {
  if (operand.kind === 'number') return operand.written;
  if (operand.kind === 'text') return `'${quotable(operand.value)}'`;
  return operand.kind === 'list' ? 'a list' : 'nothing';
};

/** Expects a quoted text, or a list of them where the comparator asks for one. */
export function checkText(what: string, { comparator, operand }: Condition, lists: boolean): void {
  const wanted = lists && /^(?:NOT )?IN$/.test(comparator) ? 'list' : 'text';
  if (operand.kind === wanted) return;
  throw invalid(
    `Expected a quoted string value${lists ? ' or a list of quoted string values' : ''} for ` +
      `${what} (e.g. 'my-value'). Got value ${written(operand)}`,
  );
}

const TEXT = ['=', '!=', 'LIKE', 'ILIKE'];
export const NUMERIC = ['=', '!=', '<', '<=', '>', '>='];

/** A condition on a text. */
export function checkTextual(what: string, condition: Condition, lists = false): void {
  const comparators = lists ? [...TEXT, 'IN', 'NOT IN'] : TEXT;
  if (!comparators.includes(condition.comparator)) {
    throw invalidComparator(what, condition.comparator);
  }
  checkText(what, condition, lists);
}

/** A condition on a whole number; quoted or not. */
export function wholeNumber(what: string, condition: Condition): Condition {
  const { comparator, operand } = condition;
  if (!NUMERIC.includes(comparator)) throw invalidComparator(what, comparator);
  const text =
    operand.kind === 'number' ? operand.written : operand.kind === 'text' ? operand.value : '';
  const value = /^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) {
    throw invalid(`Invalid value for numeric attribute '${what}': ${written(operand)}`);
  }
  return { ...condition, operand: { kind: 'number', value, written: text } };
}

export const tagKey = ({ key }: Condition): string => bare(key);
