import type { Arithmetic, Expression, FunctionName, MetricName } from './gate.ts';
import { isUsable } from './usable.ts';

/** What is known of one version's metrics. */
type Values = ReadonlyMap<MetricName, number>;

export interface Known {
  readonly candidate: Values;
  readonly champion: Values;
}

/** `unknown` where a metric has no value that counts; else why there is no number. */
export type Result = number | 'unknown' | 'divides by zero' | 'is too large';

function calculated(operator: Arithmetic, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
  }
}

function chosen(name: FunctionName, values: readonly number[]): number {
  const [first = 0] = values;
  return name === 'abs' ? Math.abs(first) : Math[name](...values);
}

function arithmetic(operator: Arithmetic, left: Result, right: Result): Result {
  if (typeof left !== 'number') return left;
  if (typeof right !== 'number') return right;
  if (operator === '/' && right === 0) return 'divides by zero';
  const value = calculated(operator, left, right);
  return isUsable(value) ? value : 'is too large';
}

/** One side of a gate in numbers: all of them doubles, and none of them NaN or infinite. */
export function compute(expression: Expression, known: Known): Result {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'metric':
      return known[expression.of].get(expression.name) ?? 'unknown';
    case 'negative': {
      const value = compute(expression.of, known);
      return typeof value === 'number' ? -value : value;
    }
    case 'arithmetic': {
      const { operator, left, right } = expression;
      return arithmetic(operator, compute(left, known), compute(right, known));
    }
    case 'call': {
      const values: number[] = [];
      for (const one of expression.values) {
        const value = compute(one, known);
        if (typeof value !== 'number') return value;
        values.push(value);
      }
      return chosen(expression.name, values);
    }
  }
}
