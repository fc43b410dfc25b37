import { expect } from 'vitest';
import { problemsOf, said } from './gate.fixture.ts';

export type Refusal = [text: string, caret: number, message: RegExp, hint: string];

/** That the first mistake in a text is told like this, with the caret below its place. */
export async function expectRefusal(...[text, caret, message, hint]: Refusal): Promise<void> {
  const [problem] = await problemsOf([said(text)]);
  expect(problem?.message).toMatch(message);
  expect(problem?.hint).toBe(hint);
  expect(problem?.excerpt?.split('\n')[1]).toBe(`${' '.repeat(caret)}^`);
}
