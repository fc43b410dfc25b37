import { InputError, type Problem } from '../errors.ts';
import type { Expression, Gate, GateSource } from './gate.ts';
import { metricText } from './metric-text.ts';
import { readGates } from './read.ts';

export const said = (text: string, more: Partial<GateSource> = {}): GateSource => ({
  text,
  level: 'fail',
  from: 'a test',
  ...more,
});

export async function gateOf(text: string, more: Partial<GateSource> = {}): Promise<Gate> {
  const [gate] = await readGates([said(text, more)]);
  if (gate === undefined) throw new Error(`${text} made no gate`);
  return gate;
}

export async function problemsOf(lines: readonly GateSource[]): Promise<readonly Problem[]> {
  try {
    await readGates(lines);
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  throw new Error('the gates were read');
}

/** What an expression was understood as, with every bracket. */
export function understood(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'metric':
      return `${expression.of === 'champion' ? '^' : ''}${metricText(expression.name)}`;
    case 'negative':
      return `-${understood(expression.of)}`;
    case 'arithmetic': {
      const { operator, left, right } = expression;
      return `(${understood(left)} ${operator} ${understood(right)})`;
    }
    case 'call':
      return `${expression.name}(${expression.values.map(understood).join(', ')})`;
  }
}
