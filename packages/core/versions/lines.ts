import type { Problem } from '../errors.ts';
import { found } from '../quote.ts';

/** What the lines of an input came to, or all that is wrong with them. */
export type OfLines<Value> = { readonly value: Value } | { readonly problems: readonly Problem[] };

const MOST_PROBLEMS = 20;

/** Collects what is wrong with the lines of one input. */
export class LineProblems {
  readonly #input: string;
  readonly #problems: Problem[] = [];
  #more = 0;

  constructor(input: string) {
    this.#input = input;
  }

  /** The number counts lines from 0; what is wrong finishes "line 2 …". */
  add(number: number, line: string, wrong: string, hint?: string): void {
    if (this.#problems.length === MOST_PROBLEMS) {
      this.#more++;
      return;
    }
    const message = `Line ${number + 1} of \`${this.#input}\` (${found(line)}) ${wrong}.`;
    this.#problems.push({ message, ...(hint !== undefined && { hint }) });
  }

  or<Value>(value: Value): OfLines<Value> {
    if (this.#problems.length === 0) return { value };
    const more = { message: `… and ${this.#more} more lines of \`${this.#input}\` like these.` };
    return { problems: this.#more > 0 ? [...this.#problems, more] : this.#problems };
  }
}
