import { expect, test } from 'vitest';
import { InputError, type Problem } from '../errors.ts';
import { visible } from '../visible.ts';
import { loadPolicy } from './load.ts';

/** A text, the line and column of its one problem, what is said of it, and the line as it is shown. */
export type Refusal = readonly [
  text: string,
  line: number,
  column: number,
  says: RegExp,
  shown?: string | undefined,
];

/** Where it stands in a line that was cut on the left. */
const FURTHEST_CARET = 61;

function onlyProblem(text: string): Problem {
  try {
    loadPolicy(text, 'f');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [problem, ...more] = error.problems;
    expect(more).toEqual([]);
    if (problem) return problem;
  }
  throw new Error('the policy was loaded');
}

export function testRefusals(refusals: readonly Refusal[]): void {
  const titled = refusals.map((refusal) => [visible(refusal[0].slice(0, 80)), refusal] as const);
  test.each(titled)('%s', (_, [text, line, column, says, shown]) => {
    const { message, hint, place, excerpt } = onlyProblem(text);
    expect(place).toEqual({ file: 'f', line, column });
    expect(`${message} ${hint}`).toMatch(says);
    const sourceLine = shown ?? text.split('\n')[line - 1];
    const caret = Math.min(column - 1, FURTHEST_CARET);
    expect(excerpt).toBe(`${sourceLine}\n${' '.repeat(caret)}^`);
  });
}
